/** The assignment before it is done: who gets how many, what was closed and why, and the proof in plain words. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Facts } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { type At, type Preview, ROUND_CHANGED, useCases, useReasons } from './reviewing.ts'

export function AssignDialog({ at, onClose }: { at: At; onClose: () => void }) {
  const t = useWords('cases')
  const cases = useCases()
  const [leastMatch, setLeastMatch] = useState('0')
  const least = Number(leastMatch)
  const preview = useQuery({
    queryKey: ['cases', 'review', 'preview', at.callId, at.stage, least],
    queryFn: () => cases.previewAssignment({ ...at, leastMatch: least }),
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const assign = useAct(cases.assignReviews, {
    done: ({ assigned, experts }) => t('review.assigned', { n: assigned, experts }),
    refresh: ROUND_CHANGED,
    quiet: true,
  })
  const ready = preview.data?.outcome === 'assigned'
  return (
    <Dialog
      open
      wide
      title={t('review.assign_title')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('review.cancel')}</Button>
          <Button
            look="primary"
            disabled={!ready || preview.isFetching}
            busy={assign.busy}
            onClick={async () => {
              if (await assign.run({ ...at, leastMatch: least, digest: preview.data!.digest })) onClose()
              else void preview.refetch()
            }}
          >
            {t('review.assign_act')}
          </Button>
        </>
      }
    >
      <div className="q-stack">
        <SelectField
          label={t('review.least_match')}
          hint={t('review.least_match_hint')}
          value={leastMatch}
          onChange={setLeastMatch}
          choices={['0', '1', '2', '3'].map((value) => ({ value, label: t(`review.least.${value}`) }))}
        />
        <Answer of={preview} height={240}>
          {(shown) => (shown.outcome === 'assigned' ? <Assigned shown={shown} /> : <Impossible shown={shown} />)}
        </Answer>
        {assign.error !== null && <Failure error={assign.error} />}
      </div>
    </Dialog>
  )
}

function Closed({ closed }: { closed: Preview['closed'] }) {
  const t = useWords('cases')
  const reason = useReasons()
  if (closed.length === 0) return <>{t('review.none_closed')}</>
  return <>{closed.map(({ why, count }) => t('review.why_count', { why: reason(why), n: count })).join('；')}</>
}

function Assigned({ shown }: { shown: Preview }) {
  const t = useWords('cases')
  const f = useFormat()
  return (
    <>
      <Facts
        items={[
          { label: t('review.papers'), value: shown.papers },
          { label: t('review.to_add'), value: shown.reviews },
          {
            label: t('review.load'),
            value: t('review.load_said', {
              mean: f.number(shown.mean ?? '0', 2),
              most: shown.largest ?? 0,
              least: shown.smallest ?? 0,
            }),
          },
          { label: t('review.unmatched'), value: shown.unmatched },
          { label: t('review.closed_pairs'), value: <Closed closed={shown.closed} /> },
        ]}
      />
      <Notice
        tone={shown.checked && shown.gap === 0 ? 'done' : 'alert'}
        title={t(shown.checked && shown.gap === 0 ? 'review.proven' : 'review.not_proven')}
      >
        <ul className="rev-proof">
          <li>{t('review.proof_load')}</li>
          <li>{t('review.proof_match')}</li>
          <li>{t('review.proof_lot', { seed: shown.seed })}</li>
          <li>{t('review.proof_check')}</li>
        </ul>
      </Notice>
      <div className="rev-loads">
        <table>
          <caption className="q-quiet">{t('review.loads')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('review.expert')}</th>
              <th scope="col">{t('review.load_after')}</th>
              <th scope="col">{t('review.load_most')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.loads.map((row) => (
              <tr key={row.accountId}>
                <th scope="row">{row.name}</th>
                <td className="q-num">
                  {row.fixed > 0 ? t('review.load_of', { n: row.load, fixed: row.fixed }) : row.load}
                </td>
                <td className="q-num">{row.most}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Impossible({ shown }: { shown: Preview }) {
  const t = useWords('cases')
  const reason = useReasons()
  return (
    <>
      <Notice tone="alert" title={t('review.impossible')}>
        {t('review.impossible_hint')}
      </Notice>
      <ul className="rev-proof">
        {shown.shortages.map((one) => (
          <li key={`${one.kind}${one.papers.join()}`}>
            {t(`review.short.${one.kind === 'few_open' || one.kind === 'crowded' ? one.kind : 'other'}`, {
              papers: one.papers.slice(0, 10).join('、'),
              field: one.field ?? '–',
              needs: one.needs,
              open: one.open,
            })}
            {one.closed.length > 0 && (
              <>
                {' '}
                {t('review.short.closed', {
                  reasons: one.closed
                    .map(({ why, count }) => t('review.why_count', { why: reason(why), n: count }))
                    .join('；'),
                })}
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
