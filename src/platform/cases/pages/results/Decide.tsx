/** The decision on a list by rank: yes within the places there are, no with its reason, many at once. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress, usePathPart } from '../../../../ui/address.ts'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Meter } from '../../../../ui/Meter.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useCandidateColumns } from './candidate-columns.tsx'
import { RANKING, type RankedCase, type Ranking, useCases, WAITING } from './results.ts'
import './results.css'

export default function Decide() {
  const callId = usePathPart('callId')
  const [search] = useAddress()
  const stage = one(search.stage)
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const cases = useCases()
  const ranking = useQuery({ queryKey: [...RANKING, callId, stage], queryFn: () => cases.ranking({ callId, stage }) })
  return (
    <Answer of={ranking} height={480}>
      {(data) => (
        <>
          <PageHead
            title={say(data.callTitle)}
            subtitle={f.dotted([say(data.stageTitle), t('results.decided_of', progressOf(data))])}
            back={{ to: '/decisions', label: t('results.waiting') }}
          />
          <Quotas of={data} />
          <Ranked of={data} />
        </>
      )}
    </Answer>
  )
}

const progressOf = ({ rows }: Ranking) => ({
  decided: rows.filter(({ decided }) => decided !== null).length,
  all: rows.length,
})

function Quotas({ of }: { of: Ranking }) {
  const t = useWords('cases')
  const say = useBilingual()
  if (of.quotas.length === 0) return null
  return (
    <section className="results-quotas" aria-label={t('results.places')}>
      {of.quotas.map(({ org, track, places, taken }) => (
        <Meter
          key={`${org} ${track?.zh ?? ''}`}
          label={track ? `${org}·${say(track)}` : org}
          value={taken}
          max={Math.max(places, 1)}
          text={t('results.taken_of', { taken, places })}
        />
      ))}
    </section>
  )
}

type Asking = { verdict: 'yes' | 'no'; ids: string[]; settle: (done: boolean) => void }

function Ranked({ of }: { of: Ranking }) {
  const t = useWords('cases')
  const say = useBilingual()
  const columns = useCandidateColumns(of.rows)
  const [asking, setAsking] = useState<Asking | null>(null)
  const ask = (verdict: 'yes' | 'no') => (ids: string[]) =>
    new Promise<boolean>((settle) => setAsking({ verdict, ids, settle }))
  const tracks = [
    ...new Map(of.rows.flatMap(({ track, trackTitle }) => (track && trackTitle ? [[track, trackTitle]] : []))),
  ]
  return (
    <>
      <DataTable<RankedCase>
        caption={t('results.ranking')}
        queryKey={[...RANKING, of.callId, of.stage, 'table', of.rows]}
        rowKey={({ applicationId }) => applicationId}
        rowName={({ name }) => name}
        load={async ({ filter }) => {
          const rows = of.rows.filter(
            (row) =>
              (!filter.track || row.track === filter.track) &&
              (!filter.decided || (row.decided ?? 'open') === filter.decided) &&
              (!filter.q || row.name.includes(String(filter.q)) || row.org.includes(String(filter.q))),
          )
          return { rows, next: null, total: rows.length }
        }}
        filters={[
          { key: 'q', label: t('results.find'), kind: 'text' },
          ...(tracks.length > 1
            ? [
                {
                  key: 'track',
                  label: t('results.track'),
                  kind: 'choice' as const,
                  choices: tracks.map(([value, title]) => ({ value, label: say(title) })),
                },
              ]
            : []),
          {
            key: 'decided',
            label: t('results.decision'),
            kind: 'choice',
            choices: (['open', 'yes', 'no'] as const).map((value) => ({ value, label: t(`results.decided.${value}`) })),
          },
        ]}
        columns={[
          ...columns,
          {
            key: 'decided',
            title: t('results.decision'),
            cell: ({ decided, words }) => (
              <span className="results-decided">
                <StatusTag tone={decided === 'yes' ? 'done' : decided === 'no' ? 'off' : 'wait'}>
                  {t(`results.decided.${decided ?? 'open'}`)}
                </StatusTag>
                {decided === 'no' && words && <small>{words}</small>}
              </span>
            ),
            card: 'trailing',
          },
        ]}
        bulk={[
          { key: 'yes', label: t('results.yes'), icon: 'check', run: ask('yes') },
          { key: 'no', label: t('results.no'), icon: 'close', danger: true, run: ask('no') },
        ]}
        empty={{ title: t('results.ranking_none'), hint: t('results.nothing_waits_hint') }}
      />
      {asking && (
        <Verdict
          of={of}
          asking={asking}
          onClose={(done) => {
            asking.settle(done)
            setAsking(null)
          }}
        />
      )}
    </>
  )
}

function Verdict({ of, asking, onClose }: { of: Ranking; asking: Asking; onClose: (done: boolean) => void }) {
  const t = useWords('cases')
  const cases = useCases()
  const act = useAct(cases.decideCases, {
    done: ({ decided }) => t('results.decided_n', { n: decided }),
    refresh: [RANKING, WAITING, ['nav-count']],
    quiet: true,
  })
  const chosen = of.rows.filter(({ applicationId }) => asking.ids.includes(applicationId))
  const open = chosen.filter(({ decided }) => decided === null)
  const no = asking.verdict === 'no'
  return (
    <ConfirmWithReason
      open
      danger={no}
      title={t(no ? 'results.no_title' : 'results.yes_title', { n: open.length })}
      confirm={t(no ? 'results.no' : 'results.yes')}
      reason={no ? 'required' : 'none'}
      reasonHint={t('results.no_hint')}
      busy={act.busy}
      error={act.error}
      onClose={() => onClose(false)}
      onConfirm={async (words) => {
        if (open.length === 0) return onClose(true)
        const { callId, stage } = of
        const applicationIds = open.map(({ applicationId }) => applicationId)
        const done = await act.run({ callId, stage, applicationIds, verdict: asking.verdict, ...(no ? { words } : {}) })
        if (done) onClose(true)
      }}
    >
      <p>
        {open
          .slice(0, 12)
          .map(({ rank, name }) => `${rank}. ${name}`)
          .join('　')}
        {open.length > 12 && t('results.and_more', { n: open.length - 12 })}
      </p>
      {open.length < chosen.length && (
        <p className="q-quiet">{t('results.already', { n: chosen.length - open.length })}</p>
      )}
    </ConfirmWithReason>
  )
}
