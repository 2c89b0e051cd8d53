/** One’s own proposed changes: where each stands, what the offices said, and taking back what still waits. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Empty, Notice } from '../../../../ui/Notice.tsx'
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
  const records = useRecords()
  const withdraw = useAct(records.withdrawChange, { done: t('changes.withdrawn'), refresh: [CHANGES, OWN] })
  const object = useAct(records.objectToChange, { done: t('changes.object_done'), refresh: [CHANGES], quiet: true })
  const [objecting, setObjecting] = useState(false)
  const waits = change.settledAt === null
  return (
    <Card title={kind(group, change.kind)} extra={<StateTag state={change.state} />}>
      <div className="q-stack">
        {change.proposedBy !== null && <Notice>{t('changes.for_you', { by: change.proposedBy })}</Notice>}
        {group && <Comparison group={group} was={change.was} becomes={change.becomes} />}
        <Steps change={change} />
        {waits && change.proposedBy !== null && change.objectedAt === null && (
          <div>
            <Button small onClick={() => setObjecting(true)}>
              {t('changes.object')}
            </Button>
          </div>
        )}
        {objecting && (
          <ConfirmWithReason
            open
            title={t('changes.object')}
            confirm={t('changes.object')}
            reasonHint={t('changes.object_hint')}
            busy={object.busy}
            error={object.error}
            onConfirm={(note) =>
              void object.run({ changeId: change.id, note }).then((done) => done && setObjecting(false))
            }
            onClose={() => setObjecting(false)}
          />
        )}
        {waits && change.proposedBy === null && (
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
