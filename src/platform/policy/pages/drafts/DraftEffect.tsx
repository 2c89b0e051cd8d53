/** What a draft would do from its day on to everybody under it, and what came out when it was submitted. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Stat, Stats } from '../../../../ui/Stat.tsx'
import type { DraftDetail, DraftsCompared, policyContract } from '../../contract.ts'

export function DraftEffect({ draft }: { draft: DraftDetail }) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const alive = draft.state !== 'adopted' && draft.state !== 'withdrawn'
  const effect = useQuery({
    queryKey: ['policy', 'draft-effect', draft.id, draft.revision],
    queryFn: () => policy.compareDrafts({ draftIds: [draft.id] }),
    enabled: alive && draft.changes > 0,
  })
  if (draft.changes === 0) return null
  return (
    <Card title={t('draft.effect')}>
      {alive && (
        <Answer of={effect} height={120}>
          {(found) => <Measured draft={draft} found={found} />}
        </Answer>
      )}
      <Submitted draft={draft} />
    </Card>
  )
}

function Measured({ draft, found }: { draft: DraftDetail; found: DraftsCompared }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  if (found.sets.length === 0) return <p className="q-quiet">{t('draft.no_effect')}</p>
  const lab = { draft: draft.id, org: draft.orgId, on: found.asOf }
  const sets = found.sets.map(({ id, title, about, nature, people, met, drafts }) => {
    const then = drafts[draft.id]!
    const go = (show: string) => ({ to: '/policy/lab', search: { ...lab, set: id, show } })
    return (
      <section key={id} className="q-stack">
        <h3 className="pol-draft-set">
          <TextLink to="/policy/lab" search={{ ...lab, set: id }}>
            {pick(title)}
          </TextLink>
        </h3>
        <Stats>
          <Stat
            label={t('lab.met_now')}
            value={f.number(met)}
            note={t('lab.of', { n: people, about })}
            go={go('before')}
          />
          <Stat label={t('lab.met_then')} value={f.number(then.after)} go={go('after')} />
          <Stat
            label={t('lab.lose')}
            value={f.number(then.lose)}
            {...(then.lose > 0 && nature !== 'status' ? { tone: 'alert' as const } : {})}
            go={go('lose')}
          />
          <Stat label={t('lab.gain')} value={f.number(then.gain)} go={go('gain')} />
        </Stats>
      </section>
    )
  })
  return (
    <div className="q-stack">
      <p className="q-quiet">{t('draft.effect_on', { date: f.date(found.asOf) })}</p>
      {sets}
    </div>
  )
}

function Submitted({ draft: { effect } }: { draft: DraftDetail }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  if (!effect) return null
  return (
    <div className="pol-draft-then">
      <p className="q-quiet">{t('draft.effect_then', { date: f.date(effect.asOf) })}</p>
      <ul>
        {effect.sets.map(({ set, title, about, before, after, lose, gain }) => (
          <li key={set}>{t('draft.effect_line', { title: pick(title), about, before, after, lose, gain })}</li>
        ))}
      </ul>
    </div>
  )
}
