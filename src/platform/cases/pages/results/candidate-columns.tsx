/** The columns that lists of candidates have in common: rank, name, school, track, score, votes. */
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import type { FiledCase, RankedCase } from './results.ts'

export function useCandidateColumns<R extends RankedCase | FiledCase>(rows: readonly R[]): Column<R>[] {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const tracks = rows.some(({ trackTitle }) => trackTitle !== null)
  const votes = rows.some((row) => row.votes !== null)
  return [
    { key: 'name', title: t('results.name'), cell: ({ name }) => name, card: 'title' },
    { key: 'rank', title: t('results.rank'), cell: ({ rank }) => (rank > 0 ? rank : '—'), figures: true, width: 72 },
    { key: 'org', title: t('results.org'), cell: ({ org }) => org },
    ...(tracks
      ? [
          {
            key: 'track',
            title: t('results.track'),
            cell: ({ trackTitle }: R) => (trackTitle ? say(trackTitle) : '—'),
          },
        ]
      : []),
    {
      key: 'score',
      title: t('results.score'),
      cell: ({ score }) => (score === null ? '—' : f.number(score, 3)),
      figures: true,
    },
    ...(votes
      ? [
          {
            key: 'votes',
            title: t('results.votes'),
            cell: ({ votes: vote }: R) =>
              vote === null ? '—' : t('results.ayes_of', { ayes: vote.ayes, entitled: vote.entitled }),
            figures: true,
          },
        ]
      : []),
  ]
}
