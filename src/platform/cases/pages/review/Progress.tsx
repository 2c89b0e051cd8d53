/** Who has handed in how much, and who is late. */
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { type At, type Figures, KEYS, pageOf, ROUND_CHANGED, useAssignments, useCases, usePapers } from './reviewing.ts'

type Row = Figures['experts'][number]

export function Progress({ at }: { at: At }) {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const papers = usePapers(at)
  const [chosen, setChosen] = useState<{ accounts: string[]; resolve: (done: boolean) => void } | null>(null)
  const take = useAct(cases.takeBackReviews, {
    done: ({ takenBack }) => t('review.taken_back_n', { n: takenBack }),
    refresh: ROUND_CHANGED,
    quiet: true,
  })
  const open = (papers.data ?? []).flatMap(({ here, reviews }) =>
    here ? reviews.filter(({ state }) => state === 'assigned') : [],
  )
  const ids = open.filter(({ accountId }) => chosen?.accounts.includes(accountId)).map(({ reviewId }) => reviewId)
  const close = (done: boolean) => {
    chosen?.resolve(done)
    setChosen(null)
  }
  return (
    <div className="q-stack">
      <DataTable<Row>
        caption={t('review.progress')}
        prefix="progress"
        queryKey={[...KEYS.figures, at.callId, at.stage, 'progress']}
        load={async (query) => pageOf((await cases.reviewFigures(at)).experts, query)}
        rowKey={({ accountId }) => accountId}
        rowName={({ name }) => name}
        empty={{ title: t('review.progress_empty'), hint: t('review.progress_empty_hint') }}
        bulk={[
          {
            key: 'take',
            label: t('review.take_back_open'),
            icon: 'back',
            run: (accounts) => new Promise<boolean>((resolve) => setChosen({ accounts, resolve })),
          },
        ]}
        columns={[
          { key: 'name', title: t('review.expert'), cell: ({ name }) => name, card: 'title' },
          { key: 'assigned', title: t('review.given_n'), figures: true, cell: ({ assigned }) => assigned, width: 100 },
          {
            key: 'submitted',
            title: t('review.handed_in'),
            figures: true,
            cell: ({ submitted }) => submitted,
            width: 100,
          },
          {
            key: 'declined',
            title: t('review.declined_n'),
            figures: true,
            cell: ({ declined }) => declined,
            width: 100,
          },
          {
            key: 'late',
            title: t('review.late'),
            figures: true,
            width: 100,
            cell: ({ late }) => (late > 0 ? <StatusTag tone="alert">{late}</StatusTag> : 0),
          },
          { key: 'due', title: t('review.due_on'), cell: ({ dueOn }) => (dueOn ? f.isoDate(dueOn) : '–'), width: 130 },
        ]}
      />
      <ConfirmWithReason
        open={chosen !== null}
        title={t('review.take_back_open')}
        confirm={t('review.take_back_n', { n: ids.length })}
        busy={take.busy}
        error={take.error}
        onClose={() => close(false)}
        onConfirm={async (words) => {
          if (ids.length === 0) return close(false)
          if (await take.run({ reviewIds: ids, words })) close(true)
        }}
      >
        <p>{t('review.take_back_about')}</p>
      </ConfirmWithReason>
      <Assignments at={at} />
    </div>
  )
}

/** What was assigned when, each with its proof as it stands today. */
function Assignments({ at }: { at: At }) {
  const t = useWords('cases')
  const f = useFormat()
  const assignments = useAssignments(at)
  return (
    <Answer of={assignments}>
      {(rows) =>
        rows.length === 0 ? null : (
          <Card title={t('review.assignments')} flush>
            <List label={t('review.assignments')}>
              {rows.map((one) => (
                <ListRow
                  key={one.id}
                  title={t('review.assignment_said', { n: one.reviews, experts: one.experts })}
                  meta={`${f.dateTime(one.at)} · ${one.byItself ? t('review.by_itself') : (one.by ?? '')} · ${t('review.load_range', { most: one.largest, least: one.smallest })}`}
                  trailing={
                    <StatusTag tone={one.sound && one.gap === 0 ? 'done' : 'alert'}>
                      {t(one.sound && one.gap === 0 ? 'review.proof_stands' : 'review.proof_fails')}
                    </StatusTag>
                  }
                />
              ))}
            </List>
          </Card>
        )
      }
    </Answer>
  )
}
