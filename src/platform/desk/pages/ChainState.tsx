/** Whether the hash chain over the trail still holds: recomputed when asked for, because it reads the whole trail. */
import { useQuery } from '@tanstack/react-query'
import { Button } from '../../../ui/Button.tsx'
import { useClient } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../ui/Notice.tsx'
import { useCan } from '../../../ui/session.tsx'
import type { deskContract } from '../contract.ts'

export function ChainState() {
  const t = useWords('desk')
  const f = useFormat()
  const can = useCan()
  const desk = useClient<typeof deskContract>('desk')
  const state = useQuery({ queryKey: ['desk', 'chain'], queryFn: () => desk.verifyTrail(), enabled: false })
  if (!can('audit.verify')) return null
  const act = (
    <Button small icon="refresh" busy={state.isFetching} onClick={() => void state.refetch()}>
      {t(state.data ? 'chain.again' : 'chain.verify')}
    </Button>
  )
  if (state.error && !state.isFetching) return <Failure error={state.error} onRetry={() => void state.refetch()} />
  if (!state.data)
    return (
      <Notice title={t('chain.title')} act={act}>
        {t('chain.what')}
      </Notice>
    )
  const { links, lastAt, broken, head } = state.data
  if (broken)
    return (
      <Notice tone="alert" live title={t('chain.broken', { seq: broken.seq })} act={act}>
        {t('chain.broken_text')}
      </Notice>
    )
  if (head.state === 'lost' || head.state === 'forged')
    return (
      <Notice tone="alert" live title={t(`chain.${head.state}`, { seq: head.seq ?? 0 })} act={act}>
        {t(`chain.${head.state}_text`, { when: head.at ? f.dateTime(head.at) : '' })}
      </Notice>
    )
  return (
    <Notice tone="done" live title={t('chain.whole', { n: links })} act={act}>
      {lastAt && t('chain.last', { when: f.dateTime(lastAt) })}
    </Notice>
  )
}
