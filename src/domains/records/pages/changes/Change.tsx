/** One proposed change: the evidence, the values beside each other, and the two answers; where the row was changed meanwhile, all three values. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button, TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty, Failure, Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import '../archive/archive.css'
import { ARCHIVE, CHANGES, type Group, useGroups } from '../archive/record.ts'
import { useRecords } from '../records.ts'
import { type Change as ChangeData, Comparison, StateTag, Steps, useKind } from './said.tsx'

export default function Change() {
  const personId = usePathPart('personId')
  const changeId = usePathPart('changeId')
  const records = useRecords()
  const groups = useGroups()
  const change = useQuery({
    queryKey: [...CHANGES, changeId],
    queryFn: () => records.change({ personId, changeId }),
  })
  return (
    <Answer of={change}>
      {(asked) => (
        <Answer of={groups}>
          {(declared) => <Decide change={asked} group={declared.find(({ id }) => id === asked.groupId)!} />}
        </Answer>
      )}
    </Answer>
  )
}

function Decide({ change, group }: { change: ChangeData; group: Group }) {
  const t = useWords('records')
  const f = useFormat()
  const kind = useKind()
  const records = useRecords()
  const [refusing, setRefusing] = useState(false)
  const [explaining, setExplaining] = useState(false)
  const act = useAct(records.decideChange, {
    done: ({ state }) => t(`changes.decided.${state}`),
    refresh: [CHANGES, ARCHIVE],
    quiet: true,
  })
  const { personId, id: changeId, now, baseVersion } = change
  const open = change.settledAt === null
  const moved = open && now !== null && now.version !== baseVersion
  const objected = open && change.objectedAt !== null
  const confirm = (note?: string) =>
    act.run({
      personId,
      changeId,
      decision: 'confirm',
      ...(note ? { note } : {}),
      ...(moved && now ? { over: now.version } : {}),
    })
  return (
    <div className="q-stack rec-own">
      <PageHead
        title={kind(group, change.kind)}
        subtitle={f.dotted([change.name, change.number, change.orgName])}
        back={{ to: '/people/changes', label: t('changes.heading') }}
        tags={<StateTag state={change.state} />}
        acts={
          open && (
            <>
              <Button onClick={() => setRefusing(true)}>{t('changes.refuse')}</Button>
              <Button
                look="primary"
                icon="check"
                busy={act.busy}
                onClick={() => (objected ? setExplaining(true) : void confirm())}
              >
                {t(moved ? 'changes.confirm_over' : 'changes.confirm')}
              </Button>
            </>
          )
        }
      />
      {act.error !== null && act.error !== undefined && !refusing && !explaining && <Failure error={act.error} />}
      {change.proposedBy !== null && (
        <Notice title={t('changes.for_note', { by: change.proposedBy })}>
          {open && change.byDistrict && t('changes.for_two')}
        </Notice>
      )}
      {objected && (
        <Notice tone="alert" title={t('changes.objected')}>
          {t('changes.objection_note')}
        </Notice>
      )}
      {moved && (
        <Notice tone="alert" title={t('changes.moved')}>
          {t('changes.moved_note')}
        </Notice>
      )}
      <Card title={t('changes.values')}>
        <Comparison
          group={group}
          was={change.was}
          becomes={change.becomes}
          {...(moved && now ? { now: now.values } : {})}
        />
        <p>
          <TextLink to="/people/$personId" params={{ personId }}>
            {t('changes.to_record')}
          </TextLink>
        </p>
      </Card>
      <Card title={t('changes.evidence')}>
        {change.evidence.length === 0 ? (
          <Empty title={t('changes.no_evidence')} icon="document" />
        ) : (
          <div className="rec-evidence">
            {change.evidence.map(({ fileId, name }) => (
              <a key={fileId} href={`/files/${fileId}`} download={name}>
                {/\.pdf$/i.test(name) ? name : <img src={`/files/${fileId}`} alt={name} />}
              </a>
            ))}
          </div>
        )}
      </Card>
      <Card title={t('changes.course')}>
        <Steps change={change} />
      </Card>
      {explaining && (
        <ConfirmWithReason
          open
          title={t('changes.confirm')}
          confirm={t('changes.confirm')}
          reasonLabel={t('changes.confirm_why')}
          reasonHint={t('changes.refuse_hint')}
          busy={act.busy}
          error={act.error}
          onConfirm={(note) => void confirm(note).then((done) => done && setExplaining(false))}
          onClose={() => setExplaining(false)}
        />
      )}
      {refusing && (
        <ConfirmWithReason
          open
          danger
          title={t('changes.refuse')}
          confirm={t('changes.refuse')}
          reasonHint={t('changes.refuse_hint')}
          busy={act.busy}
          error={act.error}
          onConfirm={(note) =>
            void act.run({ personId, changeId, decision: 'refuse', note }).then((done) => done && setRefusing(false))
          }
          onClose={() => setRefusing(false)}
        />
      )}
    </div>
  )
}
