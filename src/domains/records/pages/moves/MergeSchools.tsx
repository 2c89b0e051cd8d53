/** Merging schools: which into which, on what day, what goes over and what ends; entered, and done on the day by itself. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty, Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import { useCodes } from '../codes.ts'
import { KEYS, type Records, useRecords, useToday } from '../records.ts'
import { useSchools } from '../schools.ts'
import '../quality/quality.css'

type Preview = Awaited<ReturnType<Records['previewSchoolMerge']>>
type Planned = Awaited<ReturnType<Records['schoolMerges']>>[number]

const MERGES = ['records', 'school-merges']
const TONES: Record<string, Tone> = { planned: 'wait', done: 'done', withdrawn: 'off' }
/** Posts that go on at the other school unless somebody says otherwise. */
const GO_ON = ['class_teacher', 'research_group_leader', 'grade_leader']

export default function MergeSchools() {
  const t = useWords('quality')
  const f = useFormat()
  const codes = useCodes()
  const records = useRecords()
  const schools = useSchools()
  const today = useToday()
  const [fromIds, setFromIds] = useState<readonly string[]>([])
  const [toId, setToId] = useState('')
  const [on, setOn] = useState<string>(today)
  const [keepPosts, setKeepPosts] = useState<readonly string[]>(GO_ON)
  const [joinClusters, setJoinClusters] = useState(true)
  const [asking, setAsking] = useState(false)
  const asked = { fromIds: [...fromIds], toId, on, keepPosts: [...keepPosts], joinClusters }
  const ready = fromIds.length > 0 && toId !== '' && on !== '' && !fromIds.includes(toId)
  const preview = useQuery({
    queryKey: ['records', 'school-merge-preview', asked],
    queryFn: () => records.previewSchoolMerge(asked),
    enabled: ready,
    retry: false,
  })
  const plan = useAct(records.planSchoolMerge, {
    done: ({ done }) => t(done ? 'schools.merged' : 'schools.planned'),
    refresh: [MERGES, KEYS.people, ['directory']],
    quiet: true,
  })
  const name = (id: string) => schools.find(({ value }) => value === id)?.label ?? ''
  const without = schools.filter(({ value }) => !fromIds.includes(value))
  return (
    <>
      <PageHead
        title={t('schools.heading')}
        subtitle={t('schools.subtitle')}
        back={{ to: '/organisations', label: t('schools.organisations') }}
      />
      <div className="q-stack">
        <Card title={t('schools.which')}>
          <div className="q-stack">
            <SelectField
              label={t('schools.from')}
              value=""
              placeholder={t('schools.choose')}
              onChange={(id) => id && setFromIds([...fromIds, id])}
              choices={without.filter(({ value }) => value !== toId)}
            />
            {fromIds.length > 0 && (
              <div className="qual-tags">
                {fromIds.map((id) => (
                  <Button
                    key={id}
                    small
                    icon="close"
                    onClick={() => setFromIds(fromIds.filter((other) => other !== id))}
                  >
                    {name(id)}
                  </Button>
                ))}
              </div>
            )}
            <SelectField
              label={t('schools.to')}
              value={toId}
              placeholder={t('schools.choose')}
              onChange={setToId}
              choices={without}
            />
            <TextField label={t('schools.on')} type="date" value={on} onChange={setOn} hint={t('schools.on_hint')} />
            <fieldset className="qual-choices">
              <legend>{t('schools.posts')}</legend>
              {codes.choices('post').map(({ value, label }) => (
                <label key={value} className="q-check">
                  <input
                    type="checkbox"
                    checked={keepPosts.includes(value)}
                    onChange={() =>
                      setKeepPosts(
                        keepPosts.includes(value)
                          ? keepPosts.filter((other) => other !== value)
                          : [...keepPosts, value],
                      )
                    }
                  />
                  {label}
                </label>
              ))}
            </fieldset>
            <label className="q-check">
              <input type="checkbox" checked={joinClusters} onChange={() => setJoinClusters(!joinClusters)} />
              {t('schools.join_clusters')}
            </label>
          </div>
        </Card>
        {ready && (
          <Answer of={preview} height={200}>
            {(told) => (
              <PreviewCard
                told={told}
                act={
                  <Button look="primary" onClick={() => setAsking(true)}>
                    {t(on <= today ? 'schools.merge_now' : 'schools.plan')}
                  </Button>
                }
              />
            )}
          </Answer>
        )}
        <Merges />
      </div>
      <ConfirmWithReason
        open={asking}
        title={t('schools.confirm_title', { from: f.list(fromIds.map(name)), to: name(toId) })}
        confirm={t(on <= today ? 'schools.merge_now' : 'schools.plan')}
        danger={on <= today}
        busy={plan.busy}
        error={plan.error}
        onClose={() => setAsking(false)}
        onConfirm={async (reason) => {
          if (!(await plan.run({ ...asked, reason }))) return
          setAsking(false)
          setFromIds([])
          setToId('')
        }}
      >
        <p>{t(on <= today ? 'schools.confirm_now' : 'schools.confirm_later', { on })}</p>
      </ConfirmWithReason>
    </>
  )
}

function PreviewCard({ told, act }: { told: Preview; act: React.ReactNode }) {
  const t = useWords('quality')
  const f = useFormat()
  const codes = useCodes()
  const table = (rel: string) => (t.has(`table.${rel}`) ? t(`table.${rel}`) : rel)
  return (
    <Card title={t('schools.preview')} extra={act}>
      <div className="q-stack">
        {told.clashes.map(({ code, people }) => (
          <Notice
            key={code}
            tone="wait"
            title={t('schools.clash', { post: codes.label('post', code), n: people.length })}
          >
            {f.list(people)}
          </Notice>
        ))}
        {told.from.map((school) => (
          <div key={school.orgId} className="qual-half">
            <b>{school.name}</b>
            <Facts
              items={[
                { label: t('schools.people'), value: f.number(school.people + school.secondary) },
                {
                  label: t('schools.accounts'),
                  value: t('schools.accounts_n', { accounts: school.accounts, roles: school.officeRoles }),
                },
                {
                  label: t('schools.posts_held'),
                  value: f.list(school.posts.map(({ code, people }) => `${codes.label('post', code)} ${people}`)),
                },
                { label: t('schools.clusters'), value: f.list(school.clusters) },
                { label: t('schools.departments'), value: school.departments || null },
                { label: t('schools.coming'), value: school.arrivals + school.moves || null },
              ]}
            />
          </div>
        ))}
        <p>
          {t('schools.becomes', {
            name: told.to.name,
            was: told.to.people,
            now: told.to.people + told.from.reduce((sum, { people }) => sum + people, 0),
          })}
        </p>
        {told.kept.length > 0 && (
          <p className="q-quiet">
            {t('schools.kept', { what: f.list(told.kept.map(({ rel, held }) => `${table(rel)} ${held}`)) })}
          </p>
        )}
      </div>
    </Card>
  )
}

function Merges() {
  const t = useWords('quality')
  const f = useFormat()
  const records = useRecords()
  const merges = useQuery({ queryKey: MERGES, queryFn: () => records.schoolMerges() })
  const [taking, setTaking] = useState<Planned | null>(null)
  const withdraw = useAct(records.withdrawSchoolMerge, { done: t('schools.withdrawn'), refresh: [MERGES], quiet: true })
  return (
    <Card title={t('schools.list')} flush>
      <Answer of={merges} height={120}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon="building" title={t('schools.none')} hint={t('schools.none_hint')} />
          ) : (
            <List label={t('schools.list')}>
              {rows.map((row) => (
                <ListRow
                  key={row.mergeId}
                  title={t('schools.row', { from: f.list(row.from), to: row.to })}
                  meta={f.dotted([
                    row.on,
                    row.reason,
                    row.outcome &&
                      t('schools.outcome', { people: row.outcome.people ?? 0, posts: row.outcome.postsEnded ?? 0 }),
                  ])}
                  trailing={
                    <span className="qual-trail">
                      {row.state === 'planned' && (
                        <Button small onClick={() => setTaking(row)}>
                          {t('schools.withdraw')}
                        </Button>
                      )}
                      <StatusTag tone={TONES[row.state] ?? 'plain'}>{t(`schools.state_${row.state}`)}</StatusTag>
                    </span>
                  }
                />
              ))}
            </List>
          )
        }
      </Answer>
      <ConfirmWithReason
        open={taking !== null}
        title={t('schools.withdraw_title')}
        confirm={t('schools.withdraw')}
        busy={withdraw.busy}
        error={withdraw.error}
        onClose={() => setTaking(null)}
        onConfirm={async (reason) => {
          if (await withdraw.run({ mergeId: taking!.mergeId, reason })) setTaking(null)
        }}
      />
    </Card>
  )
}
