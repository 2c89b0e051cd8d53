/** The years of a professional life, the latest first, by kind where one asks; what was taken back is struck through and said. */
import { type ReactNode, useState } from 'react'
import './growth.css'
import { Icon } from '../../../../ui/Icon.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { type Entry, type Growth, KINDS, type Kind } from './growth.ts'

export function Life({ growth, act }: { growth: Growth; act?: (entry: Entry) => ReactNode }) {
  const t = useWords('records')
  const [kind, setKind] = useState<Kind | null>(null)
  const { entries } = growth
  const count = (one: Kind) => entries.filter((entry) => entry.kind === one).length
  const kinds = (Object.keys(KINDS) as Kind[]).filter((one) => count(one) > 0)
  const shown = kind ? entries.filter((entry) => entry.kind === kind) : entries
  const years = [...new Set(shown.map(({ year }) => year))]
  if (entries.length === 0) return <Empty icon="flag" title={t('growth.none')} hint={t('growth.none_hint')} />
  return (
    <>
      <Figures growth={growth} />
      <fieldset className="gro-kinds">
        <legend className="q-hidden">{t('growth.filter')}</legend>
        <Chip chosen={kind === null} onChoose={() => setKind(null)} label={t('growth.all')} n={entries.length} />
        {kinds.map((one) => (
          <Chip
            key={one}
            chosen={kind === one}
            onChoose={() => setKind(one)}
            label={t(`growth.kind.${one}`)}
            n={count(one)}
          />
        ))}
      </fieldset>
      <div className="gro-life">
        {years.map((year) => (
          <section
            key={year ?? 'none'}
            className="gro-year"
            aria-label={year === null ? t('growth.undated') : String(year)}
          >
            <h2 className="q-num">{year ?? t('growth.undated')}</h2>
            <ol>
              {shown
                .filter((entry) => entry.year === year)
                .map((entry, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity of their own and keep their order
                  <Item key={`${entry.kind} ${entry.from} ${at}`} entry={entry} act={act?.(entry)} />
                ))}
            </ol>
          </section>
        ))}
      </div>
    </>
  )
}

const Chip = ({ chosen, onChoose, label, n }: { chosen: boolean; onChoose: () => void; label: string; n: number }) => (
  <button type="button" className="gro-chip" aria-pressed={chosen} onClick={onChoose}>
    {label} <span className="q-num">{n}</span>
  </button>
)

function Item({ entry, act }: { entry: Entry; act: ReactNode }) {
  const t = useWords('records')
  const f = useFormat()
  const say = useBilingual()
  const { kind, from, until, title, detail, state, stateOn } = entry
  const holds = state === 'holds'
  const when = from && (until && until !== from ? `${f.date(from)} – ${f.date(until)}` : f.date(from))
  return (
    <li className={holds ? `gro-item gro-of-${kind}` : 'gro-item gro-struck'}>
      <span className="gro-mark">
        <Icon name={KINDS[kind]} size={16} />
      </span>
      <div className="gro-body">
        <p className="gro-title">
          {holds ? say(title) : <s>{say(title)}</s>}
          {!holds && (
            <StatusTag tone="alert">{`${t(`growth.${state}`)}${stateOn ? ` ${f.date(stateOn)}` : ''}`}</StatusTag>
          )}
        </p>
        {detail && <p className="gro-detail">{say(detail)}</p>}
        <p className="gro-foot">
          {when && <span className="q-num">{when}</span>}
          <Tag>{t(`growth.kind.${kind}`)}</Tag>
        </p>
      </div>
      {act && <div className="gro-act">{act}</div>}
    </li>
  )
}

/** How long somebody has taught, and what stands to their credit. */
function Figures({ growth: { figures } }: { growth: Growth }) {
  const t = useWords('records')
  return (
    <dl className="gro-figures">
      {figures.map(({ key, value }) => (
        <div key={key}>
          <dt>{t(`growth.${key}`)}</dt>
          <dd className="q-num">{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  )
}
