/** Into the next school year: everybody at a school with what they teach and the posts of the year; what does not go on is marked, then confirmed at once. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty, Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useCodes } from '../codes.ts'
import { KEYS, type Records, useRecords } from '../records.ts'
import '../quality/quality.css'

type View = Awaited<ReturnType<Records['schoolYear']>>

export default function SchoolYear() {
  const t = useWords('quality')
  const [search] = useAddress()
  const records = useRecords()
  const schools = useQuery({ queryKey: ['records', 'school-years'], queryFn: () => records.schoolYears({}) })
  const single = schools.data?.rows.length === 1 ? schools.data.rows[0]!.orgId : ''
  const orgId = one(search.org) || single
  return (
    <>
      <PageHead
        title={t('year.heading')}
        subtitle={t('year.subtitle')}
        {...(one(search.org) ? { back: { to: '/people/year', label: t('year.schools') } } : {})}
      />
      <div className="q-stack">
        <Notice title={t('year.what')}>{t('year.what_text')}</Notice>
        {orgId ? (
          <School key={orgId} orgId={orgId} />
        ) : (
          <Answer of={schools} height={240}>
            {({ rows, year }) =>
              rows.length === 0 ? (
                <Empty icon="building" title={t('year.no_schools')} />
              ) : (
                <Card title={t('year.of', { year, next: year + 1 })} flush>
                  <List label={t('year.schools')}>
                    {rows.map((row) => (
                      <ListRow
                        key={row.orgId}
                        title={row.name}
                        meta={
                          row.doneAt
                            ? t('year.done_counts', { teaching: row.teachingEnded ?? 0, posts: row.postsEnded ?? 0 })
                            : t('people_n', { people: row.people })
                        }
                        trailing={
                          row.doneAt ? (
                            <StatusTag tone="done">{t('year.done')}</StatusTag>
                          ) : (
                            <StatusTag tone="wait">{t('year.waits')}</StatusTag>
                          )
                        }
                        go={{ to: '/people/year', search: { org: row.orgId } }}
                      />
                    ))}
                  </List>
                </Card>
              )
            }
          </Answer>
        )}
      </div>
    </>
  )
}

function School({ orgId }: { orgId: string }) {
  const records = useRecords()
  const view = useQuery({ queryKey: ['records', 'school-year', orgId], queryFn: () => records.schoolYear({ orgId }) })
  return (
    <Answer of={view} height={320}>
      {(found) => <Roll key={view.dataUpdatedAt} view={found} />}
    </Answer>
  )
}

const toggled = (set: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}

function Roll({ view }: { view: View }) {
  const t = useWords('quality')
  const f = useFormat()
  const codes = useCodes()
  const records = useRecords()
  const [teaching, setTeaching] = useState<ReadonlySet<string>>(new Set())
  const [posts, setPosts] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const roll = useAct(records.rollYear, {
    done: ({ teachingEnded, postsEnded }) => t('year.rolled', { teaching: teachingEnded, posts: postsEnded }),
    refresh: [['records', 'school-year'], ['records', 'school-years'], KEYS.people, ['records', 'quality']],
    quiet: true,
  })
  return (
    <Card
      title={`${view.orgName} · ${t('year.of', { year: view.year, next: view.year + 1 })}`}
      extra={
        <Button look="primary" small icon="check" onClick={() => setAsking(true)}>
          {t(view.doneAt ? 'year.again' : 'year.confirm')}
        </Button>
      }
      flush
    >
      {view.doneAt && <p className="q-quiet">{t('year.done_at', { at: f.dateTime(view.doneAt) })}</p>}
      {view.rows.length === 0 ? (
        <Empty icon="people" title={t('year.nobody')} />
      ) : (
        <List label={view.orgName}>
          {view.rows.map((row) => (
            <ListRow
              key={row.personId}
              title={
                <>
                  {row.name} <small className="q-quiet">{row.number}</small>
                  {row.leaves && <StatusTag tone="off">{t('year.leaves', { on: row.leaves })}</StatusTag>}
                </>
              }
              meta={
                f.dotted([
                  f.list([...new Set(row.teaching.map(({ stage }) => codes.label('stage', stage)))]),
                  f.list([...new Set(row.teaching.map(({ subject }) => codes.label('subject', subject)))]),
                ]) || t('year.teaches_nothing')
              }
              trailing={
                <span className="qual-trail">
                  {row.teaching.length > 0 && (
                    <label className="q-check">
                      <input
                        type="checkbox"
                        checked={teaching.has(row.personId)}
                        onChange={() => setTeaching(toggled(teaching, row.personId))}
                      />
                      {t('year.teaching_ends')}
                    </label>
                  )}
                  {row.posts.map(({ code }) => (
                    <label key={code} className="q-check">
                      <input
                        type="checkbox"
                        checked={posts.has(`${row.personId} ${code}`)}
                        onChange={() => setPosts(toggled(posts, `${row.personId} ${code}`))}
                      />
                      {t('year.post_ends', { post: codes.label('post', code) })}
                    </label>
                  ))}
                </span>
              }
            />
          ))}
        </List>
      )}
      <ConfirmWithReason
        open={asking}
        title={t('year.confirm')}
        confirm={t('year.confirm')}
        reason="none"
        busy={roll.busy}
        error={roll.error}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          const postsEnd = [...posts].map((key) => ({ personId: key.split(' ')[0]!, code: key.split(' ')[1]! }))
          if (await roll.run({ orgId: view.orgId, year: view.year, teachingEnds: [...teaching], postsEnd }))
            setAsking(false)
        }}
      >
        <p>
          {t('year.confirm_text', {
            from: f.date(view.from),
            people: view.rows.length,
            teaching: teaching.size,
            posts: posts.size,
          })}
        </p>
      </ConfirmWithReason>
    </Card>
  )
}
