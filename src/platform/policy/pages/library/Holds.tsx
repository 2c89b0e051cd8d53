/** What is said for the day and by whom: for whom it holds, and over whose value it stands. */
import { Clause } from '../../../../ui/Clause.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { ParameterPage } from '../../contract.ts'
import { clauseData } from '../clause.ts'
import { Figure } from '../Figure.tsx'
import { SURE } from './lines.ts'

type Held = ParameterPage['holds'][number]

export function Holds({ page: { holds, unit, title, own } }: { page: ParameterPage }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const nameOf = (authority: string) => pick(holds.find((one) => one.authority === authority)!.authorityName)
  const speaking = [...Map.groupBy(holds, ({ said }) => said[0]?.packVersion)].filter(([version]) => version)
  const silent = holds.filter(({ said }) => said.length === 0)
  return (
    <div className="q-stack">
      <ul className="pol-holds">
        {speaking.map(([version, some]) => {
          const { value, confidence, clause, from, authority, adopted } = some[0]!.said[0]!
          return (
            <li key={version}>
              <div>
                <span className="pol-value">
                  <Figure value={value} unit={unit} />
                  <Clause
                    clause={clauseData(clause, confidence, { missing: t('lab.no_clause'), from })}
                    label={f.dotted([pick(title), nameOf(authority)])}
                  />
                  <StatusTag tone={SURE[confidence]}>{t(`confidence.${confidence}`)}</StatusTag>
                  {some.some((one) => one.authority === own) && <StatusTag tone="done">{t('library.ours')}</StatusTag>}
                </span>
                <p className="q-quiet">
                  {t(adopted ? 'library.adopted_by' : 'library.given_by', {
                    authority: nameOf(authority),
                    date: f.date(from),
                  })}
                </p>
              </div>
              <div>
                <p>{t('library.applies_to', { authorities: f.list(some.map((one) => pick(one.authorityName))) })}</p>
                {overridden(some).map((one) => (
                  <p key={one.packVersion} className="pol-over">
                    {t('library.over', { authority: nameOf(one.authority) })} <Figure value={one.value} unit={unit} />{' '}
                    <Clause
                      clause={clauseData(one.clause, one.confidence, { missing: t('lab.no_clause'), from: one.from })}
                      label={f.dotted([pick(title), nameOf(one.authority), f.date(one.from)])}
                    />
                  </p>
                ))}
              </div>
            </li>
          )
        })}
      </ul>
      {silent.length > 0 && (
        <p className="q-quiet">
          {t('library.others_silent', { authorities: f.list(silent.map((one) => pick(one.authorityName))) })}
        </p>
      )}
    </div>
  )
}

/** What the value that holds stands over, each once. */
const overridden = (some: readonly Held[]): Held['said'] => [
  ...new Map(some.flatMap(({ said }) => said.slice(1)).map((one) => [one.packVersion, one])).values(),
]
