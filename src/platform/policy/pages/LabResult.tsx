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
import type { policyContract, WhatIf } from '../contract.ts'
import { LabPeople } from './LabPeople.tsx'
import { countOf, gains, loses, type SchoolLine, schoolLines, type TrialAsk } from './trial.ts'

/** Bars in the picture; the table below has all. */
const SHOWN = 12

export function LabResult({ found, ask }: { found: WhatIf; ask: TrialAsk }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const [search, change] = useAddress()
  const policy = useClient<typeof policyContract>('policy')
  const exporting = useAct(policy.exportWhatIf)
  const { rows } = found
  const lines = schoolLines(rows)
  const before = countOf(rows, (move) => move.before === 'met')
  const after = countOf(rows, (move) => move.after === 'met')
  const lost = countOf(rows, loses)
  const gained = countOf(rows, gains)
  const unknown = countOf(rows, (move) => move.after === 'unknown')
  const everybody = countOf(rows, () => true)
  const show = one(search.show)
  const see = (which: string, school?: string) => change({ show: which, school })
  const go = (which: string) => ({ to: '.', search: { ...search, show: which, school: undefined } })
  const changed = Object.keys(ask.changes).length > 0
  const moving = lines.filter((line) => line.lost + line.gained > 0)
  return (
    <div className="q-stack">
      <Stats>
        <Stat
          label={t('lab.met_now')}
          value={f.number(before)}
          note={t('lab.of', { n: everybody })}
          go={go('before')}
        />
        <Stat
          label={t('lab.met_then')}
          value={f.number(after)}
          note={
            changed
              ? t('lab.difference', { n: after - before, sign: after - before > 0 ? '+' : '' })
              : t('lab.unchanged')
          }
          go={go('after')}
        />
        <Stat
          label={t('lab.lose')}
          value={f.number(lost)}
          {...(lost > 0 ? { tone: 'alert' as const } : {})}
          go={go('lose')}
        />
        <Stat label={t('lab.gain')} value={f.number(gained)} go={go('gain')} />
        {unknown > 0 && <Stat label={t('lab.unknown')} value={f.number(unknown)} go={go('unknown')} />}
      </Stats>
      {!changed && <Notice>{t('lab.hint')}</Notice>}
      {show === '' && moving.length > 0 && (
        <Chart
          title={t('lab.by_school')}
          kind="rows"
          height={Math.min(moving.length, SHOWN) * 34 + 60}
          data={{
            label: t('lab.school'),
            measures: [
              { key: 'lost', label: t('lab.lose') },
              { key: 'gained', label: t('lab.gain') },
            ],
            rows: moving
              .slice(0, SHOWN)
              .map(({ orgId, orgName, lost: a, gained: b }) => ({ key: orgId, name: orgName, values: [a, b] })),
          }}
          onPick={({ key }) => see('moved', key)}
        />
      )}
      {show !== '' ? (
        <LabPeople
          ask={ask}
          show={show}
          school={one(search.school)}
          onClose={() => change({ show: undefined, school: undefined })}
        />
      ) : (
        <SchoolTable lines={lines} onSee={see} key={JSON.stringify(ask)} />
      )}
      <div>
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

function SchoolTable({
  lines,
  onSee,
}: {
  lines: readonly SchoolLine[]
  onSee: (which: string, school: string) => void
}) {
  const t = useWords('policy')
  const f = useFormat()
  const link = (which: string, n: number, { orgId }: SchoolLine) =>
    n === 0 ? (
      <span className="q-quiet">0</span>
    ) : (
      <button type="button" className="pol-link" onClick={() => onSee(which, orgId)}>
        {f.number(n)}
      </button>
    )
  const columns: Column<SchoolLine>[] = [
    { key: 'school', title: t('lab.school'), cell: ({ orgName }) => orgName },
    { key: 'people', title: t('lab.people'), cell: ({ people }) => f.number(people), figures: true },
    { key: 'before', title: t('lab.met_now'), cell: (row) => link('before', row.before, row), figures: true },
    { key: 'after', title: t('lab.met_then'), cell: (row) => link('after', row.after, row), figures: true },
    { key: 'lost', title: t('lab.lose'), cell: (row) => link('lose', row.lost, row), figures: true },
    { key: 'gained', title: t('lab.gain'), cell: (row) => link('gain', row.gained, row), figures: true },
  ]
  return (
    <DataTable<SchoolLine>
      caption={t('lab.by_school')}
      queryKey={['policy', 'trial-schools', lines]}
      columns={columns}
      rowKey={({ orgId }) => orgId}
      size={100}
      load={async ({ cursor, limit }) => {
        const start = Number(cursor) || 0
        const end = start + limit
        return { rows: lines.slice(start, end), next: end < lines.length ? String(end) : null, total: lines.length }
      }}
    />
  )
}
