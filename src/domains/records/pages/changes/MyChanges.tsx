/** One’s own proposed changes: where each stands, what the offices said, and taking back what still waits. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import '../archive/archive.css'
import { CHANGES, OWN, useGroups } from '../archive/record.ts'
import { useRecords } from '../records.ts'
import { Comparison, type OwnChange, StateTag, Steps, useKind } from './said.tsx'

export default function MyChanges() {
  const t = useWords('records')
  const records = useRecords()
  const changes = useQuery({ queryKey: [...CHANGES, 'own'], queryFn: () => records.myChanges() })
  return (
    <div className="rec-own">
      <PageHead title={t('changes.mine')} back={{ to: '/my/record', label: t('me.heading') }} />
      <Answer of={changes}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty
              title={t('changes.none_own')}
              hint={t('changes.none_own_hint')}
              act={<ButtonLink to="/my/record">{t('me.heading')}</ButtonLink>}
            />
          ) : (
            <div className="q-stack">
              {rows.map((change) => (
                <One key={change.id} change={change} />
              ))}
            </div>
          )
        }
      </Answer>
    </div>
  )
}

function One({ change }: { change: OwnChange }) {
  const t = useWords('records')
  const kind = useKind()
  const group = useGroups().data?.find(({ id }) => id === change.groupId)
  const withdraw = useAct(useRecords().withdrawChange, { done: t('changes.withdrawn'), refresh: [CHANGES, OWN] })
  return (
    <Card title={kind(group, change.kind)} extra={<StateTag state={change.state} />}>
      <div className="q-stack">
        {group && <Comparison group={group} was={change.was} becomes={change.becomes} />}
        <Steps change={change} />
        {change.settledAt === null && (
          <div>
            <Button small busy={withdraw.busy} onClick={() => void withdraw.run({ changeId: change.id })}>
              {t('changes.withdraw')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}
