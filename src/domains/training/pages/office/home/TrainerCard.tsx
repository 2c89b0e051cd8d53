/** On the trainer's home page: classes that need an act, objections and leave that need an answer. */
import { useQuery } from '@tanstack/react-query'
import { Card } from '../../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../../ui/List.tsx'
import { Skeleton } from '../../../../../ui/Skeleton.tsx'
import { nameIn } from '../names.ts'
import { useNow } from '../now.ts'
import { usePlan } from '../plan-choice.tsx'
import { Due } from '../States.tsx'
import { useAsk } from '../training.ts'
import { needOf } from './class-need.ts'
import { Nothing } from './Nothing.tsx'

/** Most classes on the card; the plan shows the rest. */
const SHOWN = 6

export default function TrainerCard() {
  const t = useWords('training')
  const f = useFormat()
  const ask = useAsk()
  const now = useNow(60_000).getTime()
  const { plans, plan } = usePlan()
  const classes = useQuery({ ...ask.classes(plan?.id ?? ''), enabled: plan !== undefined })
  const objections = useQuery(ask.objections(true))
  const leave = useQuery(ask.leave(true))
  if (!plans.data || (plan && !classes.data) || !objections.data || !leave.data)
    return (
      <Card>
        <Skeleton height={180} />
      </Card>
    )
  const needs = (classes.data ?? []).flatMap((row) => {
    const need = needOf(row, now)
    return need ? [{ row, need }] : []
  })
  const [soonest] = [...objections.data].sort((a, b) => a.dueOn.localeCompare(b.dueOn))
  if (needs.length + objections.data.length + leave.data.length === 0)
    return (
      <Card>
        <Nothing>{t(plan ? 'office.card.nothing_trainer' : 'office.card.no_plan')}</Nothing>
      </Card>
    )
  return (
    <Card title={t('office.card.trainer')} flush>
      <List label={t('office.card.trainer')}>
        {objections.data.length > 0 && (
          <ListRow
            icon="hand"
            title={t('office.card.objections', { n: objections.data.length })}
            trailing={soonest && <Due at={soonest.dueOn} />}
            go={{ to: '/objections' }}
          />
        )}
        {leave.data.length > 0 && (
          <ListRow icon="clock" title={t('office.card.leave', { n: leave.data.length })} go={{ to: '/leave' }} />
        )}
        {needs.slice(0, SHOWN).map(({ row, need }) => (
          <ListRow
            key={row.id}
            icon="training"
            title={nameIn(f.locale, row)}
            meta={t(`office.need.${need}`)}
            go={{ to: '/classes/$classId', params: { classId: row.id } }}
          />
        ))}
        {needs.length > SHOWN && (
          <ListRow title={t('office.card.more_classes', { n: needs.length - SHOWN })} go={{ to: '/plan' }} />
        )}
      </List>
    </Card>
  )
}
