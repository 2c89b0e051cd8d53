/** One draft: what it changes, what that would do, who had a hand in it, and what one may do with it. */
import { useQuery } from '@tanstack/react-query'
import { civilDate } from '../../../../base/dates.ts'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import { Timeline, type TimelineItem } from '../../../../ui/Timeline.tsx'
import type { DraftDetail, policyContract } from '../../contract.ts'
import { clauseData } from '../clause.ts'
import '../policy.css'
import { DraftActs, Renew } from './DraftActs.tsx'
import { DraftBeneath } from './DraftBeneath.tsx'
import { DraftChanges } from './DraftChanges.tsx'
import { DraftEffect } from './DraftEffect.tsx'
import { DraftState } from './DraftState.tsx'

export default function Draft() {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const draftId = usePathPart('draftId')
  const draft = useQuery({ queryKey: ['policy', 'draft', draftId], queryFn: () => policy.draft({ draftId }) })
  return (
    <Answer of={draft} height={480}>
      {(found) => (
        <>
          <Head draft={found} />
          <div className="q-stack">
            <Notices draft={found} />
            <DraftChanges draft={found} />
            <DraftBeneath draft={found} />
            <DraftEffect draft={found} />
            <About draft={found} />
            <Card title={t('draft.steps')}>
              <Steps draft={found} />
            </Card>
          </div>
        </>
      )}
    </Answer>
  )
}

function Head({ draft }: { draft: DraftDetail }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  return (
    <PageHead
      back={{ to: '/policy/drafts', label: t('drafts.title') }}
      title={draft.title}
      tags={<DraftState state={draft.state} waiting={draft.waiting} />}
      subtitle={t('draft.subtitle', {
        authority: pick(draft.authorityName),
        date: f.date(draft.from),
        name: draft.madeBy,
      })}
      act={<DraftActs draft={draft} />}
    />
  )
}

function Notices({ draft }: { draft: DraftDetail }) {
  const t = useWords('policy')
  const f = useFormat()
  const { clock } = useSignedIn()
  const open = draft.state === 'draft' || draft.state === 'sent_back' || draft.state === 'submitted'
  const back = draft.state === 'sent_back' ? draft.steps.findLast(({ act }) => act === 'sent_back') : undefined
  return (
    <>
      {back && (
        <Notice tone="alert" title={t('draft.sent_back_by', { name: back.by })}>
          {back.note}
        </Notice>
      )}
      {draft.stale && (
        <Notice tone="alert" title={t('draft.stale')} act={draft.may.edit && <Renew draft={draft} />}>
          {t(draft.may.edit ? 'draft.stale_hint' : 'draft.stale_decide')}
        </Notice>
      )}
      {open && draft.from < civilDate(new Date(clock.now)) && (
        <Notice tone="wait" title={t('draft.past', { date: f.date(draft.from) })}>
          {t('draft.past_hint')}
        </Notice>
      )}
      {draft.may.takeBack &&
        (draft.adopters === 0 ? (
          <Notice tone="alert">{t('draft.no_adopters')}</Notice>
        ) : (
          <Notice>{t('draft.waits_for_second')}</Notice>
        ))}
      {draft.version && (
        <Notice tone="done" title={t('draft.in_force', { date: f.date(draft.from) })}>
          {t('draft.version', { version: draft.version })}
        </Notice>
      )}
    </>
  )
}

function About({ draft: { why, basis, sharing } }: { draft: DraftDetail }) {
  const t = useWords('policy')
  const f = useFormat()
  const people = sharing.map(({ name, mayEdit }) => (mayEdit ? t('draft.may_edit_name', { name }) : name))
  return (
    <Card title={t('draft.about')}>
      <Facts
        columns={1}
        items={[
          {
            label: t('draft.document'),
            value: basis ? (
              <>
                {f.dotted([basis.document, basis.number, basis.article])}{' '}
                <Clause label={t('draft.document')} clause={clauseData(basis, 'S', { missing: t('lab.no_clause') })} />
              </>
            ) : (
              <span className="q-quiet">{t('draft.no_document')}</span>
            ),
          },
          { label: t('draft.why'), value: why },
          { label: t('draft.shared_with'), value: people.join(t('draft.and')) },
        ]}
      />
    </Card>
  )
}

function Steps({ draft }: { draft: DraftDetail }) {
  const t = useWords('policy')
  const f = useFormat()
  const tones: Record<string, TimelineItem['tone']> = { adopted: 'sealed', sent_back: 'alert', submitted: 'done' }
  const items = draft.steps.map(({ act, by, at, note }, nth) => ({
    key: String(nth),
    when: f.dateTime(at),
    title: t('draft.step', { act: t(`draft.act.${act}`), name: by }),
    ...(note ? { detail: note } : {}),
    tone: tones[act] ?? ('plain' as const),
  }))
  return <Timeline label={t('draft.steps')} items={items.toReversed()} />
}
