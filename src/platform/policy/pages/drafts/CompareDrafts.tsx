/** Several drafts beside what is in force: their figures, and what each would do. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { many, useAddress } from '../../../../ui/address.ts'
import { TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { Chart } from '../../../../ui/office/Chart.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import type { DraftsCompared, policyContract } from '../../contract.ts'
import { clauseData } from '../clause.ts'
import { Figure } from '../Figure.tsx'
import '../policy.css'

export default function CompareDrafts() {
  const t = useWords('policy')
  const f = useFormat()
  const policy = useClient<typeof policyContract>('policy')
  const [search] = useAddress()
  const draftIds = [...new Set(many(search.draft))]
  const compared = useQuery({
    queryKey: ['policy', 'drafts-compared', draftIds],
    queryFn: () => policy.compareDrafts({ draftIds }),
    enabled: draftIds.length > 0,
  })
  return (
    <>
      <PageHead
        back={{ to: '/policy/drafts', label: t('drafts.title') }}
        title={t('compare_drafts.title')}
        subtitle={t('compare_drafts.subtitle')}
      />
      {draftIds.length === 0 ? (
        <Empty icon="columns" title={t('compare_drafts.none')} hint={t('compare_drafts.none_hint')} />
      ) : (
        <Answer of={compared} height={400}>
          {(found) => (
            <div className="q-stack">
              <p className="q-quiet">{t('draft.effect_on', { date: f.date(found.asOf) })}</p>
              <Card title={t('compare_drafts.figures')}>
                <Figures found={found} />
              </Card>
              {found.sets.map((set) => (
                <Effect key={set.id} found={found} set={set} />
              ))}
            </div>
          )}
        </Answer>
      )}
    </>
  )
}

const Head = ({ found, first }: { found: DraftsCompared; first: string }) => {
  const t = useWords('policy')
  const f = useFormat()
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col" className="q-right">
          {t('compare_drafts.now')}
        </th>
        {found.drafts.map(({ id, title, from }) => (
          <th key={id} scope="col" className="q-right">
            <TextLink to={`/policy/drafts/${id}`}>{title}</TextLink>
            <span className="pol-id">{t('parameters.since', { date: f.date(from) })}</span>
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Drafted({
  label,
  unit,
  draft: { title, from },
  figure: { value, clause },
}: {
  label: string
  unit: string
  draft: DraftsCompared['drafts'][number]
  figure: DraftsCompared['figures'][number]['drafts'][string]
}) {
  const t = useWords('policy')
  const f = useFormat()
  return (
    <span className="pol-value">
      <Figure value={value} unit={unit} />
      <Clause
        label={f.dotted([label, title])}
        clause={clauseData(clause, clause ? 'S' : 'U', { missing: t('draft.no_document'), from })}
      />
    </span>
  )
}

function Figures({ found }: { found: DraftsCompared }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  if (found.figures.length === 0) return <p className="q-quiet">{t('compare_drafts.no_figures')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
    <div className="pol-compare" tabIndex={0}>
      <table>
        <Head found={found} first={t('parameters.name')} />
        <tbody>
          {found.figures.map(({ id, title, unit, now, drafts }) => (
            <tr key={id}>
              <th scope="row">{pick(title)}</th>
              <td className="q-right" data-title={t('compare_drafts.now')}>
                {now ? (
                  <span className="pol-value">
                    <Figure value={now.value} unit={unit} />
                    <Clause
                      label={f.dotted([pick(title), t('compare_drafts.now')])}
                      clause={clauseData(now.clause, now.confidence, { missing: t('lab.no_clause'), from: now.from })}
                    />
                  </span>
                ) : (
                  '—'
                )}
              </td>
              {found.drafts.map((draft) => (
                <td key={draft.id} className="q-right" data-title={draft.title}>
                  {drafts[draft.id] ? (
                    <Drafted label={pick(title)} unit={unit} draft={draft} figure={drafts[draft.id]!} />
                  ) : (
                    <span className="q-quiet">{t('compare_drafts.as_now')}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const LINES = ['after', 'lose', 'gain', 'unknown'] as const
const WORDS = { after: 'lab.met_then', lose: 'lab.lose', gain: 'lab.gain', unknown: 'lab.unknown' } as const

function Effect({ found, set }: { found: DraftsCompared; set: DraftsCompared['sets'][number] }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const then = (draftId: string) => set.drafts[draftId] ?? { after: set.met, lose: 0, gain: 0, unknown: 0 }
  return (
    <Card title={pick(set.title)}>
      <Chart
        title={t('compare_drafts.met', { about: set.about })}
        kind="rows"
        height={(found.drafts.length + 1) * 40 + 60}
        data={{
          label: t('compare_drafts.draft'),
          measures: [{ key: 'met', label: t('compare_drafts.met', { about: set.about }) }],
          rows: [
            { key: 'now', name: t('compare_drafts.now'), values: [set.met] },
            ...found.drafts.map(({ id, title }) => ({ key: id, name: title, values: [then(id).after] })),
          ],
        }}
        note={t('lab.of', { n: set.people, about: set.about })}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard */}
      <div className="pol-compare pol-compare-effect" tabIndex={0}>
        <table>
          <Head found={found} first={t('lab.people', { about: set.about })} />
          <tbody>
            {LINES.map((line) => (
              <tr key={line}>
                <th scope="row">{t(WORDS[line])}</th>
                <td className="q-right" data-title={t('compare_drafts.now')}>
                  {line === 'after' ? f.number(set.met) : '—'}
                </td>
                {found.drafts.map(({ id, title }) => (
                  <td key={id} className="q-right" data-title={title}>
                    {f.number(then(id)[line])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
