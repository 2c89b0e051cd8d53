/** A school names people for a class: within its places, the least often sent first, with why somebody is not on the list. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { one, useAddress, usePathPart } from '../../../../../ui/address.ts'
import { Button, ButtonLink } from '../../../../../ui/Button.tsx'
import { Clause } from '../../../../../ui/Clause.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Meter } from '../../../../../ui/Meter.tsx'
import { Empty, Notice } from '../../../../../ui/Notice.tsx'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { Tabs } from '../../../../../ui/Tabs.tsx'
import { clauseOf } from '../clause.ts'
import { useNow } from '../now.ts'
import { classStateOf, Due, State } from '../States.tsx'
import { useTargetWords } from '../target.ts'
import { type ClassRow, type Quota, useAsk } from '../training.ts'
import { Candidates } from './Candidates.tsx'
import { Named } from './Named.tsx'
import { WhyNot } from './WhyNot.tsx'
import './delegation.css'
import '../office.css'
import { nameIn } from '../names.ts'

export default function DelegationClass() {
  const found = useQuery(useAsk().class(usePathPart('classId')))
  return (
    <Answer of={found} height={480}>
      {(row) => <View row={row} />}
    </Answer>
  )
}

function View({ row }: { row: ClassRow }) {
  const t = useWords('training')
  const f = useFormat()
  const quotas = useQuery(useAsk().quotas(row.id))
  const { sentence } = useTargetWords()
  const [asking, setAsking] = useState(false)
  const clause = clauseOf(row.clause)
  const name = nameIn(f.locale, row)
  return (
    <>
      <PageHead
        title={name}
        back={{ to: '/delegation', label: t('office.delegation.title') }}
        tags={<State of="class" is={classStateOf(row)} />}
        subtitle={
          <>
            {t('office.delegation.for', { rule: sentence(row.target) })}
            {clause && <Clause clause={clause} label={t('office.class.whom')} />}
          </>
        }
        acts={
          <>
            <Button icon="search" onClick={() => setAsking(true)}>
              {t('office.why.open')}
            </Button>
            <ButtonLink look="quiet" to="/classes/$classId" params={{ classId: row.id }}>
              {t('office.delegation.class')}
            </ButtonLink>
          </>
        }
      />
      <Answer of={quotas} height={320}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty
              icon="people"
              title={t('office.delegation.no_places')}
              hint={t('office.delegation.no_places_hint')}
            />
          ) : (
            <School row={row} quotas={rows} />
          )
        }
      </Answer>
      {asking && <WhyNot row={row} onClose={() => setAsking(false)} />}
    </>
  )
}

function School({ row, quotas }: { row: ClassRow; quotas: readonly Quota[] }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const now = useNow().getTime()
  const [search, change] = useAddress()
  const quota = quotas.find(({ orgId }) => orgId === one(search.school)) ?? quotas[0]
  if (!quota) return null
  const open = row.state === 'open' && (row.deadline === null || Date.parse(row.deadline) > now)
  const free = Math.max(0, quota.places - quota.taken)
  const goTo = (part: string) =>
    change({
      part: part === 'candidates' ? undefined : part,
      cursor: undefined,
      page: undefined,
      q: undefined,
      state: undefined,
    })
  return (
    <div className="q-stack">
      {quotas.length > 1 && (
        <label className="tr-session-pick">
          <span>{t('office.figure.school')}</span>
          <select
            className="q-input"
            value={quota.orgId}
            onChange={(event) => change({ school: event.target.value, cursor: undefined, page: undefined })}
          >
            {quotas.map(({ orgId, orgName }) => (
              <option key={orgId} value={orgId}>
                {orgName}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="tr-quota">
        <Meter
          label={t('office.delegation.our_places_of', { school: quota.orgName })}
          value={quota.taken}
          max={quota.places}
          text={t('office.delegation.filled', {
            taken: f.number(quota.taken),
            places: f.number(quota.places),
            waiting: f.number(quota.waiting),
          })}
        />
        {row.deadline && (
          <p>
            {t('office.class.deadline')} {f.dateTime(row.deadline)} {row.state === 'open' && <Due at={row.deadline} />}
          </p>
        )}
        {quota.reason && quota.reason !== 'waiting_line' && (
          <p className="q-quiet">
            {t('office.delegation.changed', { rule: f.number(quota.byRule), reason: quota.reason })}
          </p>
        )}
      </div>
      {!open && (
        <Notice
          tone="info"
          title={t(row.state === 'open' ? 'office.delegation.deadline_over' : 'office.delegation.closed')}
        />
      )}
      <Tabs
        label={t('office.delegation.parts')}
        value={one(search.part) || (open ? 'candidates' : 'named')}
        onChange={goTo}
        items={[
          {
            key: 'candidates',
            label: t('office.delegation.part.candidates'),
            content: (
              <Candidates row={row} orgId={quota.orgId} free={free} open={open && can('training.delegate.write')} />
            ),
          },
          {
            key: 'named',
            label: t('office.delegation.part.named'),
            count: quota.taken + quota.waiting,
            content: <Named row={row} orgId={quota.orgId} gone={false} />,
          },
          {
            key: 'gone',
            label: t('office.delegation.part.gone'),
            content: <Named row={row} orgId={quota.orgId} gone />,
          },
        ]}
      />
    </div>
  )
}
