/** Papers of a round: whose they are, their files, reviews and scores. Only for the office that gives them out. */
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Facts } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { CouldReview } from './CouldReview.tsx'
import {
  type At,
  KEYS,
  type Paper,
  pageOf,
  ROUND_CHANGED,
  useCases,
  usePapers,
  useReasons,
  useWholeRound,
} from './reviewing.ts'

const flagged = ({ files }: Paper) => files.filter(({ names, held }) => held || names === null).length

export function Papers({ at }: { at: At }) {
  const t = useWords('cases')
  const f = useFormat()
  const whole = useWholeRound(at)
  const papers = usePapers(at)
  const [openId, setOpen] = useState<string | null>(null)
  const opened = papers.data?.find(({ paperId }) => paperId === openId)
  return (
    <>
      <DataTable<Paper>
        caption={t('review.papers')}
        queryKey={[...KEYS.papers, at.callId, at.stage, 'table']}
        load={async (query) => {
          const rows = await whole()
          const q = String(query.filter.q ?? '')
          const kind = String(query.filter.kind ?? '')
          return pageOf(
            rows.filter(
              (row) =>
                (q === '' || row.name.includes(q) || row.org.includes(q) || String(row.nth) === q) &&
                (kind === '' ||
                  (kind === 'flagged'
                    ? flagged(row) > 0
                    : kind === 'outlier'
                      ? row.outlier
                      : row.reviews.some(({ late }) => late))),
            ),
            query,
          )
        }}
        rowKey={({ paperId }) => paperId}
        rowName={({ nth }) => t('review.paper_nth', { nth })}
        onOpen={({ paperId }) => setOpen(paperId)}
        filters={[
          { key: 'q', kind: 'text', label: t('review.search_paper') },
          {
            key: 'kind',
            kind: 'choice',
            label: t('review.show'),
            choices: ['flagged', 'outlier', 'late'].map((value) => ({ value, label: t(`review.only.${value}`) })),
          },
        ]}
        empty={{ title: t('review.papers_empty'), hint: t('review.papers_empty_hint') }}
        columns={[
          {
            key: 'nth',
            title: t('review.nth'),
            cell: ({ nth }) => t('review.paper_nth', { nth }),
            width: 110,
            card: 'title',
          },
          { key: 'name', title: t('review.applicant'), cell: ({ name, org }) => `${name} · ${org}` },
          {
            key: 'field',
            title: t('review.field'),
            cell: ({ field }) => (field ? <Tag>{field}</Tag> : '–'),
            width: 110,
          },
          { key: 'files', title: t('review.files'), cell: (row) => <Files row={row} />, width: 170 },
          { key: 'reviews', title: t('review.reviews'), cell: (row) => <Reviews row={row} />, width: 170 },
          {
            key: 'spread',
            title: t('review.spread'),
            figures: true,
            width: 90,
            cell: ({ spread, outlier }) =>
              spread === null ? (
                '–'
              ) : outlier ? (
                <StatusTag tone="alert">{f.number(spread)}</StatusTag>
              ) : (
                f.number(spread)
              ),
          },
          {
            key: 'score',
            title: t('review.score'),
            figures: true,
            width: 90,
            cell: ({ score }) => (score === null ? '–' : f.number(score, 2)),
          },
        ]}
      />
      <Sheet
        open={opened !== undefined}
        title={opened ? t('review.paper_nth', { nth: opened.nth }) : ''}
        onClose={() => setOpen(null)}
      >
        {opened && <Details paper={opened} />}
      </Sheet>
      {openId !== null && papers.error !== null && <Answer of={papers}>{() => null}</Answer>}
    </>
  )
}

function Files({ row }: { row: Paper }) {
  const t = useWords('cases')
  const held = row.files.filter((file) => file.held).length
  const unread = row.files.filter(({ names, held: back }) => names === null && !back).length
  if (row.files.length === 0) return <>–</>
  return (
    <span className="rev-tags">
      {held > 0 && <StatusTag tone="alert">{t('review.files_held', { n: held })}</StatusTag>}
      {unread > 0 && <StatusTag tone="wait">{t('review.files_unread', { n: unread })}</StatusTag>}
      {held + unread === 0 && <StatusTag tone="done">{t('review.files_clean', { n: row.files.length })}</StatusTag>}
    </span>
  )
}

function Reviews({ row }: { row: Paper }) {
  const t = useWords('cases')
  const all = row.reviews.filter(({ state }) => state === 'assigned' || state === 'submitted')
  const lacking = row.here ? row.needs - all.length : 0
  if (all.length === 0) return <StatusTag tone="wait">{t('review.not_assigned')}</StatusTag>
  const done = all.filter(({ state }) => state === 'submitted').length
  const tone =
    lacking > 0 || all.some(({ late, found }) => late || found.length > 0)
      ? 'alert'
      : done === all.length
        ? 'done'
        : 'wait'
  return (
    <span className="rev-tags">
      <StatusTag tone={tone}>{t('review.of', { done, all: Math.max(row.needs, all.length) })}</StatusTag>
      {lacking > 0 && <Tag>{t('review.lacks', { n: lacking })}</Tag>}
    </span>
  )
}

function Details({ paper }: { paper: Paper }) {
  const t = useWords('cases')
  const f = useFormat()
  const of = useBilingual()
  const reason = useReasons()
  const cases = useCases()
  const [asking, setAsking] = useState<{ take: string } | 'accept' | null>(null)
  const setFile = useAct(cases.setPaperFile, { done: t('review.file_set'), refresh: ROUND_CHANGED })
  const take = useAct(cases.takeBackReviews, { done: t('review.taken_back'), refresh: ROUND_CHANGED, quiet: true })
  const accept = useAct(cases.acceptScores, { done: t('review.accepted'), refresh: ROUND_CHANGED, quiet: true })
  const open = paper.reviews.some(({ state }) => state === 'assigned')
  return (
    <div className="q-stack">
      <Facts
        columns={1}
        items={[
          { label: t('review.applicant'), value: `${paper.name} · ${paper.org}` },
          { label: t('review.field'), value: paper.field },
          { label: t('review.score'), value: paper.score === null ? null : f.number(paper.score, 2) },
          { label: t('review.spread'), value: paper.spread === null ? null : f.number(paper.spread) },
        ]}
      />
      {paper.outlier && paper.here && (
        <Notice
          tone="wait"
          title={t('review.apart')}
          act={
            !open && (
              <Button small onClick={() => setAsking('accept')}>
                {t('review.accept')}
              </Button>
            )
          }
        >
          {t(open ? 'review.apart_open' : 'review.apart_stuck')}
        </Notice>
      )}
      <h3>{t('review.reviews')}</h3>
      <ul className="rev-list">
        {paper.reviews.map((one) => (
          <li key={one.reviewId}>
            <span>
              {one.expert}
              {one.round > 1 && <> · {t('review.extra')}</>}
              {one.total !== null && <> · {t('review.total_points', { points: f.number(one.total) })}</>}
              {one.dueOn && one.state === 'assigned' && <> · {t('review.due', { when: f.shortDate(one.dueOn) })}</>}
              {one.conflict && <small className="q-quiet"> {one.conflict}</small>}
            </span>
            <span className="rev-tags">
              {one.found.map((why) => (
                <StatusTag key={why} tone="alert">
                  {t('review.found_since', { why: reason(why) })}
                </StatusTag>
              ))}
              <StatusTag
                tone={
                  one.late ? 'alert' : one.state === 'submitted' ? 'done' : one.state === 'assigned' ? 'wait' : 'off'
                }
              >
                {t(one.late ? 'review.state.late' : `review.given.${one.state}`)}
              </StatusTag>
              {one.state === 'assigned' && paper.here && (
                <Button small onClick={() => setAsking({ take: one.reviewId })}>
                  {t('review.take_back')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {paper.files.length > 0 && (
        <>
          <h3>{t('review.files')}</h3>
          <ul className="rev-list">
            {paper.files.map((file) => (
              <li key={file.nth}>
                <span>
                  {of(file.title)} {file.nth}
                </span>
                <span className="rev-tags">
                  <StatusTag tone={file.names ? 'alert' : file.names === null ? 'wait' : 'done'}>
                    {t(`review.file.${file.names === null ? 'unread' : file.names ? 'names' : 'clean'}`)}
                  </StatusTag>
                  <Button
                    small
                    busy={setFile.busy}
                    onClick={() => void setFile.run({ paperId: paper.paperId, nth: file.nth, held: !file.held })}
                  >
                    {t(file.held ? 'review.let_through' : 'review.hold_back')}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {paper.here && <CouldReview applicationId={paper.applicationId} />}
      <ConfirmWithReason
        open={asking !== null && asking !== 'accept'}
        title={t('review.take_back')}
        confirm={t('review.take_back')}
        busy={take.busy}
        error={take.error}
        onClose={() => setAsking(null)}
        onConfirm={async (words) => {
          if (asking && asking !== 'accept' && (await take.run({ reviewIds: [asking.take], words }))) setAsking(null)
        }}
      >
        <p>{t('review.take_back_about')}</p>
      </ConfirmWithReason>
      <ConfirmWithReason
        open={asking === 'accept'}
        title={t('review.accept')}
        confirm={t('review.accept')}
        reasonHint={t('review.accept_hint')}
        busy={accept.busy}
        error={accept.error}
        onClose={() => setAsking(null)}
        onConfirm={async (words) => {
          if (await accept.run({ paperIds: [paper.paperId], words })) setAsking(null)
        }}
      >
        <p>{t('review.accept_about')}</p>
      </ConfirmWithReason>
    </div>
  )
}
