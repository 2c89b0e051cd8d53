/** What authorities below say for themselves and goes on holding there, and what of it a draft would put out of order. */
import { Card } from '../../../../ui/Card.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import type { DraftDetail } from '../../contract.ts'
import { clauseData } from '../clause.ts'
import { Figure } from '../Figure.tsx'

type Beneath = DraftDetail['beneath']

const some = ({ figures, sets }: Beneath): boolean => figures.length + sets.length > 0

export function DraftBeneath({ draft: { beneath } }: { draft: DraftDetail }) {
  const t = useWords('policy')
  if (!some(beneath)) return null
  return (
    <Card title={t('draft.beneath')}>
      <p className="q-quiet">{t('draft.beneath_hint')}</p>
      <List beneath={beneath} />
    </Card>
  )
}

/** The same for whoever submits or adopts. */
export function BeneathNotice({ draft: { beneath } }: { draft: DraftDetail }) {
  const t = useWords('policy')
  if (!some(beneath)) return null
  const broken =
    beneath.figures.some(({ breaks }) => breaks) || beneath.sets.some(({ loosened }) => loosened.length > 0)
  return (
    <Notice tone={broken ? 'alert' : 'wait'} title={t('draft.beneath')}>
      <List beneath={beneath} />
    </Notice>
  )
}

function List({ beneath: { figures, sets } }: { beneath: Beneath }) {
  return (
    <ul className="pol-beneath">
      {figures.map((figure) => (
        <FigureBeneath key={`${figure.authority} ${figure.id} ${figure.from}`} figure={figure} />
      ))}
      {sets.map((set) => (
        <SetBeneath key={`${set.authority} ${set.id}`} set={set} />
      ))}
    </ul>
  )
}

function FigureBeneath({ figure }: { figure: Beneath['figures'][number] }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const { authorityName, title, unit, value, clause, confidence, from, breaks } = figure
  const label = f.dotted([pick(authorityName), pick(title)])
  return (
    <li>
      <span className="pol-value">
        {label} <Figure value={value} unit={unit} />
        <Clause label={label} clause={clauseData(clause, confidence, { missing: t('lab.no_clause'), from })} />
      </span>
      <span className="q-quiet">
        {f.dotted([source(clause) ?? t('lab.no_clause'), t('draft.from_day', { date: f.date(from) })])}
      </span>
      {breaks && <span className="pol-draft-wanted">{t('draft.beneath_breaks', { below: breaks })}</span>}
    </li>
  )
}

function SetBeneath({ set }: { set: Beneath['sets'][number] }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const { authorityName, title, clause, confidence, from, loosened } = set
  const label = f.dotted([pick(authorityName), pick(title)])
  return (
    <li>
      <span className="pol-value">
        {label}
        <Clause label={label} clause={clauseData(clause, confidence, { missing: t('lab.no_clause'), from })} />
      </span>
      <span className="q-quiet">
        {f.dotted([source(clause) ?? t('lab.no_clause'), t('draft.from_day', { date: f.date(from) })])}
      </span>
      {loosened.length > 0 && (
        <span className="pol-draft-wanted">
          {t('draft.beneath_looser', { conditions: f.list(loosened.map(pick)) })}
        </span>
      )}
    </li>
  )
}

const source = (clause: Beneath['sets'][number]['clause']): string | undefined =>
  clause ? [clause.number ?? clause.document, clause.article].filter(Boolean).join(' ') : undefined
