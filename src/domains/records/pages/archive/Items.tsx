/** Which items the record has, who confirms them, what each is used for; where a group is complete; each group to be taken along as a workbook. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { useCan, useSession } from '../../../../ui/session.tsx'
import { Tag } from '../../../../ui/Tag.tsx'
import { useRecords, useToday } from '../records.ts'
import './archive.css'
import { type Group, useGroups } from './record.ts'

export default function Items() {
  const t = useWords('records')
  const groups = useGroups()
  const records = useRecords()
  const complete = useQuery({ queryKey: ['records', 'complete'], queryFn: () => records.completeGroups() })
  return (
    <>
      <PageHead
        title={t('items.heading')}
        subtitle={t('items.subtitle')}
        back={{ to: '/people', label: t('people.heading') }}
      />
      <Answer of={groups}>
        {(declared) => (
          <div className="q-stack">
            {declared.map((group) => (
              <One
                key={group.id}
                group={group}
                complete={(complete.data ?? []).filter(({ groupId }) => groupId === group.id)}
              />
            ))}
          </div>
        )}
      </Answer>
    </>
  )
}

function One({
  group,
  complete,
}: {
  group: Group
  complete: readonly { orgId: string; orgName: string; since: string }[]
}) {
  const t = useWords('records')
  const say = useBilingual()
  const f = useFormat()
  const can = useCan()
  const today = useToday()
  const records = useRecords()
  const own = useSession()?.roles.find(({ role }) => role === 'commission' || role === 'trainer')
  const take = useAct(records.exportGroup, {})
  const declare = useAct(records.declareComplete, { done: t('items.declared'), refresh: [['records', 'complete']] })
  const mine = complete.find(({ orgId }) => orgId === own?.orgId)
  return (
    <Card
      title={say(group.title)}
      extra={
        <span className="rec-group-acts">
          {own && group.kept && can('records.complete.write') && (
            <Button
              small
              busy={declare.busy}
              onClick={() => void declare.run({ orgId: own.orgId, groupId: group.id, since: mine ? null : today })}
            >
              {t(mine ? 'items.take_back' : 'items.declare')}
            </Button>
          )}
          {group.sensitivity !== 'guarded' && can('records.export') && (
            <Button
              small
              icon="download"
              busy={take.busy}
              onClick={() =>
                void take
                  .run({ groupId: group.id, locale: f.locale })
                  .then((file) => file && saveFile(file, `${say(group.title)}.xlsx`))
              }
            >
              {t('items.export')}
            </Button>
          )}
        </span>
      }
    >
      <p>
        <Tag>{say(group.section.title)}</Tag> <Tag>{t(`items.confirm.${group.confirm}`)}</Tag>{' '}
        <Tag>{t(`items.sensitivity.${group.sensitivity}`)}</Tag>{' '}
        {complete.map(({ orgId, orgName, since }) => (
          <Tag key={orgId}>{t('items.complete', { org: orgName, since: f.date(since) })}</Tag>
        ))}
      </p>
      <p className="q-quiet">{say(group.purpose)}</p>
      <table className="rec-compare rec-wide">
        <thead>
          <tr>
            <th>{t('changes.item')}</th>
            <th>{t('items.kind')}</th>
            <th>{t('items.uses')}</th>
          </tr>
        </thead>
        <tbody>
          {group.fields.map((field) => (
            <tr key={field.key}>
              <th scope="row">
                {say(field.title)}
                {field.required && <span className="q-quiet"> {t('items.required')}</span>}
              </th>
              <td>
                {t(`items.type.${field.type}`)}
                {field.table && <span className="q-quiet q-num"> {field.table}</span>}
              </td>
              <td>{f.list(field.uses.map(({ says }) => say(says)))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
