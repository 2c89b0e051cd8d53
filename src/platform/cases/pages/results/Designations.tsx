/** The archive of designations: who holds what and until when, what runs out, who is to be assessed. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { TableQuery } from '../../../../ui/office/table-query.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { Assess } from './Assess.tsx'
import { DesignationSheet } from './DesignationSheet.tsx'
import { DESIGNATIONS, type DesignationRow, STATE_TONE, useCases, useToday } from './results.ts'
import './results.css'

const LEVELS = ['national', 'city', 'district', 'school'] as const
type Level = (typeof LEVELS)[number]
/** Days before the end of a term at which it counts as running out. */
const SOON = 180

function asked({ filter }: TableQuery, year: number) {
  return {
    ...(filter.q ? { q: String(filter.q) } : {}),
    ...(filter.kind ? { kind: String(filter.kind) } : {}),
    ...(filter.level ? { level: String(filter.level) as Level } : {}),
    ...(filter.on ? { on: String(filter.on) } : {}),
    ...(filter.soon === '1' ? { expiring: SOON } : {}),
    ...(filter.unassessed === '1' ? { unassessed: year } : {}),
  }
}

const keyOf = ({ holderId, designationId }: DesignationRow) => `${holderId} ${designationId}`
const keysOf = (keys: readonly string[]) =>
  keys.map((key) => ({ holderId: key.split(' ')[0] ?? '', designationId: key.split(' ')[1] ?? '' }))
type Key = ReturnType<typeof keysOf>[number]

export default function Designations() {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const can = useCan()
  const cases = useCases()
  const year = Number(useToday().slice(0, 4))
  const kinds = useQuery({ queryKey: [...DESIGNATIONS, 'kinds'], queryFn: () => cases.designationKinds() })
  const [open, setOpen] = useState<Key | null>(null)
  const [assessing, setAssessing] = useState<{ of: Key[]; settle: (done: boolean) => void } | null>(null)
  const exporting = useAct(cases.exportDesignations, { done: t('results.exported') })
  return (
    <>
      <PageHead title={t('results.designations')} subtitle={t('results.designations_what')} />
      <DataTable<DesignationRow>
        caption={t('results.designations')}
        queryKey={[...DESIGNATIONS, 'table']}
        rowKey={keyOf}
        rowName={({ name }) => name}
        onOpen={({ holderId, designationId }) => setOpen({ holderId, designationId })}
        load={(query) =>
          cases.designations({
            ...asked(query, year),
            limit: query.limit,
            ...(query.cursor ? { cursor: query.cursor } : {}),
          })
        }
        onExport={async (query) => {
          const file = await exporting.run({ ...asked(query, year), locale: f.locale })
          if (file) saveFile(file, `${t('results.designations')}.xlsx`)
        }}
        filters={[
          { key: 'q', label: t('results.find'), kind: 'text' },
          {
            key: 'kind',
            label: t('results.designation'),
            kind: 'choice',
            choices: (kinds.data ?? []).map(({ kind, title, holding }) => ({
              value: kind,
              label: t('results.kind_n', { title: say(title), n: holding }),
            })),
          },
          {
            key: 'level',
            label: t('results.level'),
            kind: 'choice',
            choices: LEVELS.map((level) => ({ value: level, label: t(`results.level.${level}`) })),
          },
          { key: 'on', label: t('results.on'), kind: 'date' },
          { key: 'soon', label: t('results.soon', { days: SOON }), kind: 'flag' },
          { key: 'unassessed', label: t('results.unassessed', { year: String(year) }), kind: 'flag' },
        ]}
        columns={[
          { key: 'name', title: t('results.holder'), cell: ({ name }) => name },
          { key: 'org', title: t('results.org'), cell: ({ org }) => org },
          { key: 'title', title: t('results.designation'), cell: ({ title }) => say(title) },
          { key: 'level', title: t('results.level'), cell: ({ level }) => t(`results.level.${level}`) },
          { key: 'from', title: t('results.from_day'), cell: ({ from }) => f.isoDate(from), figures: true },
          {
            key: 'until',
            title: t('results.until_day'),
            cell: ({ until }) => (until === null ? t('results.lasting') : f.isoDate(until)),
            figures: true,
          },
          {
            key: 'grade',
            title: t('results.last_grade'),
            cell: ({ lastYear, lastGrade }) => (lastGrade ? `${lastYear} ${say(lastGrade)}` : '—'),
          },
          {
            key: 'state',
            title: t('results.state'),
            cell: ({ state }) => <StatusTag tone={STATE_TONE[state]}>{t(`results.state.${state}`)}</StatusTag>,
            card: 'trailing',
          },
        ]}
        bulk={
          can('cases.designation.manage')
            ? [
                {
                  key: 'assess',
                  label: t('results.assess'),
                  icon: 'edit',
                  run: (keys) => new Promise<boolean>((settle) => setAssessing({ of: keysOf(keys), settle })),
                },
              ]
            : []
        }
        empty={{ title: t('results.designations_none'), hint: t('results.designations_none_hint') }}
      />
      {open && <DesignationSheet of={open} onClose={() => setOpen(null)} />}
      {assessing && (
        <Assess
          of={assessing.of}
          year={year}
          onClose={(done) => {
            assessing.settle(done)
            setAssessing(null)
          }}
        />
      )}
    </>
  )
}
