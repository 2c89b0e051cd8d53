/** The clause a figure or a decision rests on: document, number, article, and how sure the reading of it is. */
import { Icon } from './Icon.tsx'
import './figures.css'
import { useFormat, useWords } from './i18n.tsx'
import { Popup } from './Popup.tsx'
import { StatusTag, type Tone } from './Tag.tsx'

/** How sure the reading is, as the policy packs mark it: full text read, quoted, the authority's own · paraphrase, from experience · unverified. */
export type Confidence = 'L' | 'F' | 'S' | 'P' | 'M' | 'U'

export type ClauseData = {
  document: string
  /** Number of the document, for instance 京教人〔2022〕1号. */
  number?: string
  article?: string
  /** The words themselves. */
  quote?: string
  validFrom?: string
  confidence: Confidence
  note?: string
}

const tones: Record<Confidence, Tone> = { L: 'done', F: 'done', S: 'done', P: 'plain', M: 'plain', U: 'wait' }

export function ClauseText({ clause }: { clause: ClauseData }) {
  const t = useWords('ui')
  const f = useFormat()
  const { confidence } = clause
  return (
    <div className="q-clause-text">
      <p className="q-clause-document">{clause.document}</p>
      {(clause.number || clause.article) && <p className="q-quiet">{f.dotted([clause.number, clause.article])}</p>}
      {clause.quote && <blockquote>{clause.quote}</blockquote>}
      {clause.note && <p>{clause.note}</p>}
      <p className="q-clause-foot">
        <StatusTag tone={tones[confidence]}>{t(`clause.confidence.${confidence}`)}</StatusTag>
        {clause.validFrom && <span>{t('clause.valid_from', { date: f.date(clause.validFrom) })}</span>}
      </p>
    </div>
  )
}

/** A small 「据」 that opens the clause. `label` names what it belongs to for those who hear the page. */
export function Clause({ clause, label }: { clause: ClauseData; label?: string }) {
  const t = useWords('ui')
  const name = label ? t('clause.of', { what: label }) : t('clause.open')
  return (
    <Popup
      label={name}
      button={(wiring) => (
        <button {...wiring} type="button" className="q-clause" aria-label={name} title={name}>
          <Icon name="book" size={14} />
        </button>
      )}
    >
      {() => <ClauseText clause={clause} />}
    </Popup>
  )
}
