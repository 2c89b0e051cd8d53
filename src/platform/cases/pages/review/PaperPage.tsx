/** A paper beside its rubric. What is typed is kept at once; the paper is handed in when every item has its points. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField, TextAreaField } from '../../../../ui/Field.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Tag } from '../../../../ui/Tag.tsx'
import { keeper, type Saving } from '../applications/saving.ts'
import { State } from './MyReviews.tsx'
import { PaperContent } from './PaperContent.tsx'
import { Points } from './Points.tsx'
import { KEYS, type MyPaper, useCases, useMyPaper, useMyReviews } from './reviewing.ts'
import './review.css'

export default function PaperPage() {
  const reviewId = usePathPart('reviewId')
  const paper = useMyPaper(reviewId)
  return <Answer of={paper}>{(found) => <Paper key={reviewId} paper={found} />}</Answer>
}

type Typed = { scores: Record<string, number>; words: string }

function useKeeping({ reviewId }: MyPaper) {
  const cases = useCases()
  const [saving, tell] = useState<Saving>({ state: 'still' })
  const [kept] = useState(() =>
    keeper(
      async ({ answers }) => {
        const { savedAt } = await cases.saveReview({ reviewId, ...(answers as Typed) })
        return { revision: 0, savedAt }
      },
      reviewId,
      0,
      tell,
    ),
  )
  useEffect(() => kept.leave, [kept])
  return { saving, ...kept }
}

function Paper({ paper }: { paper: MyPaper }) {
  const t = useWords('cases')
  const f = useFormat()
  const of = useBilingual()
  const cases = useCases()
  const navigate = useNavigate()
  const { data: mine = [] } = useMyReviews()
  const [typed, setTyped] = useState<Typed>({ scores: paper.scores, words: paper.words })
  const [asking, setAsking] = useState<'submit' | 'decline' | null>(null)
  const [why, setWhy] = useState<'conflict' | 'field' | 'other'>('conflict')
  const { saving, keep, settled } = useKeeping(paper)
  const refresh = [KEYS.mine, ['nav-count'], ['inbox']]
  const submit = useAct(cases.submitReview, {
    done: t('review.submitted'),
    refresh: [...refresh, ['cases', 'review', 'paper', paper.reviewId]],
    quiet: true,
  })
  const decline = useAct(cases.declineReview, { done: t('review.given_back'), refresh, quiet: true })
  const open = paper.state === 'assigned' && paper.open
  const change = (next: Typed) => {
    setTyped(next)
    keep(next)
  }
  const total = paper.rubric.reduce((sum, { id }) => sum + (typed.scores[id] ?? 0), 0)
  const most = paper.rubric.reduce((sum, item) => sum + item.most, 0)
  const missing = paper.rubric.filter(({ id }) => typed.scores[id] === undefined).length
  const nextOpen = mine.find(
    ({ reviewId, state, open: still }) => reviewId !== paper.reviewId && state === 'assigned' && still,
  )
  const onward = () =>
    void (nextOpen
      ? navigate({ to: '/reviews/papers/$reviewId', params: { reviewId: nextOpen.reviewId } } as never)
      : navigate({ to: '/reviews' } as never))
  return (
    <>
      <PageHead
        title={t('review.paper_nth', { nth: paper.nth })}
        subtitle={`${of(paper.call)} · ${of(paper.stageTitle)}`}
        tags={
          <>
            <State row={{ ...paper, scored: Object.keys(typed.scores).length }} />
            {paper.field && <Tag>{paper.field}</Tag>}
          </>
        }
        back={{ label: t('review.mine'), to: '/reviews' }}
        acts={
          open && (
            <Button icon="hand" onClick={() => setAsking('decline')}>
              {t('review.give_back')}
            </Button>
          )
        }
      />
      <div className="q-stack">
        <div className="rev-panes">
          <PaperContent paper={paper} />
          <section className="rev-rubric" id="rubric" aria-label={t('review.rubric')}>
            <h2>{t('review.rubric')}</h2>
            {paper.state === 'submitted' && <Notice tone="done" title={t('review.stands')} />}
            {paper.state === 'assigned' && !paper.open && <Notice tone="info" title={t('review.over_hint')} />}
            {paper.rubric.map((item) => (
              <Points
                key={item.id}
                item={item}
                value={typed.scores[item.id]}
                disabled={!open}
                onChange={(points) => {
                  const { [item.id]: _, ...others } = typed.scores
                  change({ ...typed, scores: points === undefined ? others : { ...others, [item.id]: points } })
                }}
              />
            ))}
            <TextAreaField
              label={t('review.words')}
              hint={t('review.words_hint')}
              required={false}
              rows={5}
              maxLength={2000}
              disabled={!open}
              value={typed.words}
              onChange={(words) => change({ ...typed, words })}
            />
            <div className="rev-sum">
              <p>
                {t('review.total')} <b className="q-num">{f.number(total)}</b> / {most}
              </p>
              <Kept saving={saving} />
              {open && (
                <Button look="primary" wide icon="check" onClick={() => setAsking('submit')} disabled={missing > 0}>
                  {missing > 0 ? t('review.missing', { n: missing }) : t('review.submit')}
                </Button>
              )}
              {paper.state === 'submitted' && nextOpen && (
                <Button look="primary" wide icon="arrow" onClick={onward}>
                  {t('review.next')}
                </Button>
              )}
            </div>
          </section>
        </div>
        <a className="rev-jump" href="#rubric">
          <span>
            {t('review.total')} <b className="q-num">{f.number(total)}</b> / {most}
          </span>
          <span>
            {t('review.to_rubric')} <Icon name="chevron-down" size={16} />
          </span>
        </a>
        <ConfirmWithReason
          open={asking === 'submit'}
          title={t('review.submit_ask', { nth: paper.nth })}
          confirm={t('review.submit')}
          reason="none"
          busy={submit.busy}
          error={submit.error}
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            await settled()
            if (!(await submit.run({ reviewId: paper.reviewId }))) return
            setAsking(null)
            onward()
          }}
        >
          <p>{t('review.submit_about', { total: f.number(total), most })}</p>
        </ConfirmWithReason>
        <ConfirmWithReason
          open={asking === 'decline'}
          title={t('review.give_back')}
          confirm={t('review.give_back_act')}
          reasonHint={t('review.give_back_hint')}
          busy={decline.busy}
          error={decline.error}
          onClose={() => setAsking(null)}
          onConfirm={async (words) => {
            if (await decline.run({ reviewId: paper.reviewId, why, words })) onward()
          }}
        >
          <SelectField
            label={t('review.why_back')}
            value={why}
            onChange={(next) => setWhy(next as typeof why)}
            choices={(['conflict', 'field', 'other'] as const).map((value) => ({
              value,
              label: t(`review.back.${value}`),
            }))}
          />
        </ConfirmWithReason>
      </div>
    </>
  )
}

function Kept({ saving }: { saving: Saving }) {
  const t = useWords('cases')
  const f = useFormat()
  const text =
    saving.state === 'saved'
      ? t('review.kept_at', { at: f.time(saving.at) })
      : saving.state === 'saving'
        ? t('review.keeping')
        : saving.state === 'waiting'
          ? t('review.keep_waits')
          : saving.state === 'stopped'
            ? t('review.keep_stopped')
            : ' '
  return (
    <p className="q-quiet" role="status">
      {text}
    </p>
  )
}
