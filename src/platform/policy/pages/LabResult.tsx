/** What a trial came to: how many meet the rule now and then, who gains and who loses, by school and by name. */
import { one, useAddress } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Chart } from '../../../ui/office/Chart.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { Stat, Stats } from '../../../ui/Stat.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { useCan } from '../../../ui/session.tsx'
import type { DraftDetail, policyContract, WhatIf } from '../contract.ts'
import { IntoDraft, SaveDraft } from './drafts/SaveDraft.tsx'
import { LabPeople } from './LabPeople.tsx'
import { countOf, gains, type Line, linesOf, loses, type TrialAsk } from './trial.ts'

/** Bars in the picture; the table below has all. */
const SHOWN = 12

const signOf = (n: number): string => (n > 0 ? '+' : n < 0 ? '−' : '')

export function LabResult({ found, ask, draft }: { found: WhatIf; ask: TrialAsk; draft: DraftDetail | undefined }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const [search, change] = useAddress()
  const policy = useClient<typeof policyContract>('policy')
  const exporting = useAct(policy.exportWhatIf)
  const { rows, about, nature } = found
  // A state is no alarm, whichever way it goes.
  const alarming = nature !== 'status'
  const lines = linesOf(rows, found.by)
  const before = countOf(rows, (move) => move.before === 'met')
  const after = countOf(rows, (move) => move.after === 'met')
  const lost = countOf(rows, loses)
  const gained = countOf(rows, gains)
  const unknown = countOf(rows, (move) => move.after === 'unknown')
  const everybody = countOf(rows, () => true)
  const show = one(search.show)
  const see = (which: string, part?: string) => change({ show: which, part })
  const go = (which: string) => ({ to: '.', search: { ...search, show: which, part: undefined } })
  const tried = Object.keys(ask.changes).length > 0
  const changed = tried || ask.draftId !== undefined
  const can = useCan()
  const moving = lines.filter((line) => line.lost + line.gained > 0)
  return (
    <div className="q-stack">
      <Stats>
        <Stat
          label={t('lab.met_now')}
          value={f.number(before)}
          note={t('lab.of', { n: everybody, about })}
          go={go('before')}
        />
        <Stat
          label={t('lab.met_then')}
          value={f.number(after)}
          note={
            changed
              ? t('lab.difference', { n: Math.abs(after - before), sign: signOf(after - before), about })
              : t('lab.unchanged')
          }
          go={go('after')}
        />
        <Stat
          label={t('lab.lose')}
          value={f.number(lost)}
          {...(lost > 0 && alarming ? { tone: 'alert' as const } : {})}
          go={go('lose')}
        />
        <Stat label={t('lab.gain')} value={f.number(gained)} go={go('gain')} />
        {unknown > 0 && <Stat label={t('lab.unknown')} value={f.number(unknown)} go={go('unknown')} />}
      </Stats>
      {!changed && <Notice>{t('lab.hint', { about })}</Notice>}
      {show === '' && moving.length > 0 && (
        <Chart
          title={t('lab.by', { cut: t(`lab.cut.${found.by}`) })}
          kind="rows"
          height={Math.min(moving.length, SHOWN) * 34 + 60}
          data={{
            label: t(`lab.cut.${found.by}`),
            measures: [
              { key: 'lost', label: t('lab.lose'), alert: alarming },
              { key: 'gained', label: t('lab.gain') },
            ],
            rows: moving
              .slice(0, SHOWN)
              .map(({ key, name, lost: a, gained: b }) => ({ key, name: pick(name), values: [a, b] })),
          }}
          onPick={({ key }) => see('moved', key)}
        />
      )}
      {show !== '' ? (
        <LabPeople
          ask={ask}
          about={about}
          status={nature === 'status'}
          rule={pick(found.title)}
          show={show}
          part={search.part === undefined ? undefined : one(search.part)}
          onClose={() => change({ show: undefined, part: undefined })}
        />
      ) : (
        <PartTable lines={lines} by={found.by} about={about} onSee={see} key={JSON.stringify(ask)} />
      )}
      <div className="pol-lab-acts">
        {tried && can('policy.draft') && draft?.may.edit && <IntoDraft draft={draft} changes={ask.changes} />}
        {tried && can('policy.draft') && !draft && (
          <SaveDraft orgId={ask.orgId} asOf={ask.asOf} changes={ask.changes} />
        )}
        <Button
          icon="download"
          busy={exporting.busy}
          onClick={async () => {
            const file = await exporting.run({ ...ask, locale: f.locale })
            if (file) saveFile(file, `${pick(found.title)}.xlsx`)
          }}
        >
          {t('lab.export')}
        </Button>
      </div>
    </div>
  )
}

function PartTable({
  lines,
  by,
  about,
  onSee,
}: {
  lines: readonly Line[]
  by: WhatIf['by']
  about: WhatIf['about']
  onSee: (which: string, part: string) => void
}) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const link = (which: string, n: number, { key }: Line) =>
    n === 0 ? (
      <span className="q-quiet">0</span>
    ) : (
      <button type="button" className="pol-link" onClick={() => onSee(which, key)}>
        {f.number(n)}
      </button>
    )
  const columns: Column<Line>[] = [
    { key: 'part', title: t(`lab.cut.${by}`), cell: ({ name }) => pick(name) },
    { key: 'people', title: t('lab.people', { about }), cell: ({ people }) => f.number(people), figures: true },
    { key: 'before', title: t('lab.met_now'), cell: (row) => link('before', row.before, row), figures: true },
    { key: 'after', title: t('lab.met_then'), cell: (row) => link('after', row.after, row), figures: true },
    { key: 'lost', title: t('lab.lose'), cell: (row) => link('lose', row.lost, row), figures: true },
    { key: 'gained', title: t('lab.gain'), cell: (row) => link('gain', row.gained, row), figures: true },
    ...(lines.some(({ unknown }) => unknown > 0)
      ? [
          {
            key: 'unknown',
            title: t('lab.unknown'),
            cell: (row: Line) => link('unknown', row.unknown, row),
            figures: true,
          },
        ]
      : []),
    ...(lines.some(({ exempt }) => exempt > 0)
      ? [{ key: 'exempt', title: t('outcome.exempt'), cell: ({ exempt }: Line) => f.number(exempt), figures: true }]
      : []),
  ]
  return (
    <DataTable<Line>
      caption={t('lab.by', { cut: t(`lab.cut.${by}`) })}
      queryKey={['policy', 'trial-parts', by, lines]}
      columns={columns}
      rowKey={({ key }) => key}
      size={100}
      load={async ({ cursor, limit }) => {
        const start = Number(cursor) || 0
        const end = start + limit
        return { rows: lines.slice(start, end), next: end < lines.length ? String(end) : null, total: lines.length }
      }}
    />
  )
}
