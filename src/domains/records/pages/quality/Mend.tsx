/** Mending in bulk: a grid of the faulty rows, moved through with the keys, saved by one command; or by workbook and back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Table, type TableColumnType } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { useIsPhone } from '../../../../ui/media.ts'
import { Empty, Failure, Notice } from '../../../../ui/Notice.tsx'
import { Office } from '../../../../ui/office/Office.tsx'
import { UploadExcel } from '../../../../ui/office/UploadExcel.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../ui/PersonLink.tsx'
import { Skeleton } from '../../../../ui/Skeleton.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { useCodes } from '../codes.ts'
import { KEYS, useRecords } from '../records.ts'
import { Cell } from './Cell.tsx'
import { answered, begun, type Edits, edited, laidOver, toSend } from './edits.ts'
import './quality.css'
import { type Corrections, cellsOf, type Field, type GridRow, QUALITY, useBook, useReasons } from './quality.ts'

/** As many rows as the grid holds, and as come at a time. */
const MOST = 10_000
const AT_A_TIME = 2_000
const WIDTHS: Record<string, number> = { idNumber: 176, institution: 160, stages: 120, subjects: 150, name: 96 }

export default function Mend() {
  const t = useWords('quality')
  const phone = useIsPhone()
  const records = useRecords()
  const { book } = useBook()
  const [search] = useAddress()
  const [orgId, rule] = [one(search.org), one(search.rule)]
  const where = useMemo(() => ({ ...(orgId ? { orgId } : {}), ...(rule ? { rule } : {}) }), [orgId, rule])
  const found = useQuery({
    queryKey: QUALITY.grid(orgId, rule),
    queryFn: async ({ signal }) => {
      const rows: GridRow[] = []
      let total = 0
      for (let cursor: string | null = ''; cursor !== null && rows.length < MOST; ) {
        const page: Awaited<ReturnType<typeof records.qualityGrid>> = await records.qualityGrid(
          { ...where, limit: AT_A_TIME, ...(cursor ? { cursor } : {}) },
          { signal },
        )
        rows.push(...page.rows)
        total = page.total
        cursor = page.next
      }
      return { rows, total }
    },
    // What somebody edits must not be replaced under their hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const back = { to: '/quality', search: orgId ? { org: orgId } : {}, label: t('heading') }
  return (
    <>
      <PageHead title={t('mend.heading')} subtitle={t('mend.subtitle')} back={back as never} />
      {phone ? (
        <Notice
          title={t('mend.phone')}
          act={
            <ButtonLink small to="/quality/people" search={search}>
              {t('names')}
            </ButtonLink>
          }
        >
          {t('mend.phone_text')}
        </Notice>
      ) : found.error ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data || !book ? (
        <Skeleton lines={8} height={420} />
      ) : (
        <Grid
          key={found.dataUpdatedAt}
          rows={found.data.rows}
          total={found.data.total}
          fields={book.fields}
          where={where}
        />
      )}
    </>
  )
}

type Where = { orgId?: string; rule?: string }

function Grid({
  rows,
  total,
  fields,
  where,
}: {
  rows: GridRow[]
  total: number
  fields: readonly Field[]
  where: Where
}) {
  const t = useWords('quality')
  const f = useFormat()
  const say = useBilingual()
  const records = useRecords()
  const queries = useQueryClient()
  const codes = useCodes()
  const reasonOf = useReasons()
  const { book, rule } = useBook()
  const [, change] = useAddress()
  const [edits, setEdits] = useState<Edits>(() => begun(rows))
  const [only, setOnly] = useState<'all' | 'changed' | 'refused'>('all')
  const [text, setText] = useState('')
  const [uploading, setUploading] = useState(false)
  const [told, setTold] = useState<Corrections | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const height = useHeight(place)
  const save = useAct(records.mend, { quiet: true, refresh: [KEYS.people] })
  const exporting = useAct(records.correctionBook, { done: t('mend.exported') })
  const waiting = toSend(edits)
  useEffect(() => {
    if (waiting.length === 0) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [waiting.length])

  const shownRows = useMemo(
    () =>
      edits.rows.filter(
        (row) =>
          (only === 'all' || (only === 'changed' ? edits.cells.has(row.personId) : edits.problems.has(row.personId))) &&
          (text === '' ||
            row.name.includes(text) ||
            row.number.toLowerCase().includes(text.toLowerCase()) ||
            row.orgName.includes(text)),
      ),
    [edits, only, text],
  )
  const move = (at: number, column: number) => (down: number, right: number) => {
    const key = fields[column + right]?.key
    const row = shownRows[at + down]
    if (!key || !row) return
    const focus = (left: number) => {
      const cell = place.current?.querySelector<HTMLElement>(`[data-cell="${row.personId} ${key}"]`)
      if (cell) {
        cell.focus()
        cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      } else if (left > 0) {
        const holder = place.current?.querySelector('.ant-table-tbody-virtual-holder')
        if (holder) holder.scrollTop += down * ROW
        requestAnimationFrame(() => focus(left - 1))
      }
    }
    focus(3)
  }
  const columns: TableColumnType<GridRow>[] = [
    {
      key: 'who',
      title: t('name'),
      width: 190,
      fixed: 'left',
      render: (_, row) => <PersonLink id={row.personId} name={row.name} number={row.number} />,
    },
    { key: 'school', title: t('school'), width: 130, render: (_, row) => row.orgName, ellipsis: true },
    ...fields.map(
      (field, column): TableColumnType<GridRow> => ({
        key: field.key,
        title: say(field.header),
        width: WIDTHS[field.key] ?? 124,
        render: (_, row, at) => {
          const own = edits.cells.get(row.personId) ?? {}
          const was = row.values[field.key] ?? null
          const problem = edits.problems.get(row.personId)?.find(({ key }) => key === field.key)
          return (
            <Cell
              field={field}
              value={field.key in own ? (own[field.key] ?? null) : was}
              was={was}
              wrong={row.found.some((id) => cellsOf(rule(id)).includes(field.key))}
              reason={problem && reasonOf(problem.code, problem.data)}
              conflict={edits.conflicts.has(row.personId) && field.key in own}
              codes={codes}
              place={`${row.personId} ${field.key}`}
              label={`${row.name} ${say(field.header)}`}
              onChange={(value) => setEdits((now) => edited(now, row.personId, field.key, value, was))}
              onMove={move(at, column)}
            />
          )
        },
      }),
    ),
  ]
  const send = async () => {
    const answer = await save.run({ rows: waiting })
    if (!answer) return
    setEdits((now) => answered(now, answer))
    setOnly(answer.refused.length > 0 ? 'refused' : 'all')
    void queries.invalidateQueries({ queryKey: QUALITY.of(where.orgId ?? '') })
  }
  const rules = (book?.rules ?? []).filter(({ mended }) => mended)
  return (
    <Office>
      <div className="qual-tools">
        <SelectField
          label={t('mend.rule')}
          value={where.rule ?? ''}
          onChange={(next) => change({ rule: next || undefined })}
          choices={[
            { value: '', label: t('mend.all_rules') },
            ...rules.map(({ id, title }) => ({ value: id, label: say(title) })),
          ]}
        />
        <TextField label={t('mend.search')} value={text} onChange={setText} />
        <SelectField
          label={t('mend.only')}
          value={only}
          onChange={(next) => setOnly(next as typeof only)}
          choices={(['all', 'changed', 'refused'] as const).map((value) => ({ value, label: t(`mend.only_${value}`) }))}
        />
        <Button
          icon="download"
          busy={exporting.busy}
          onClick={() =>
            void exporting
              .run({ ...where, locale: f.locale })
              .then((file) => file && saveFile(file, file.name || `${t('mend.file')}.xlsx`))
          }
        >
          {t('mend.export')}
        </Button>
        <Button icon="upload" onClick={() => setUploading(true)}>
          {t('mend.import')}
        </Button>
        <Button look="primary" icon="check" busy={save.busy} onClick={() => waiting.length > 0 && void send()}>
          {t('mend.save', { n: waiting.length })}
        </Button>
      </div>
      {save.error !== null && save.error !== undefined && <Failure error={save.error} />}
      {edits.problems.size > 0 && (
        <Notice tone="alert" live title={t('mend.refused', { n: edits.problems.size })}>
          {t('mend.refused_text')}
          <ul className="q-reasons">
            {edits.rows
              .filter(({ personId }) => edits.problems.has(personId))
              .slice(0, 10)
              .flatMap((row) =>
                edits.problems.get(row.personId)!.map(({ key, code, data }) => (
                  <li key={`${row.personId} ${key} ${code}`}>
                    {f.dotted([row.name, say(fields.find((field) => field.key === key)?.header ?? { zh: '', en: '' })])}{' '}
                    {reasonOf(code, data)}
                  </li>
                )),
              )}
          </ul>
        </Notice>
      )}
      {told && <Told told={told} />}
      {total > rows.length && <Notice>{t('mend.most', { shown: rows.length, total })}</Notice>}
      {edits.rows.length === 0 ? (
        <Empty icon="check" title={t('people.none')} hint={t('people.none_hint')} />
      ) : (
        <div ref={place} className="qual-grid">
          <Table<GridRow>
            virtual
            size="small"
            pagination={false}
            rowKey="personId"
            dataSource={shownRows as GridRow[]}
            columns={columns}
            scroll={{ x: columns.reduce((sum, { width }) => sum + Number(width), 0), y: height }}
          />
          <p className="q-quiet">{t('mend.keys', { shown: shownRows.length, total: edits.rows.length })}</p>
        </div>
      )}
      <Dialog open={uploading} title={t('mend.import')} onClose={() => setUploading(false)}>
        <div className="q-stack">
          <p>{t('mend.import_text')}</p>
          <UploadExcel<Corrections>
            maxBytes={20 * 2 ** 20}
            send={async (file, onSent, signal) => {
              const answer = await records.readCorrections({ file }, { signal })
              onSent(file.size)
              return answer
            }}
            onDone={(answer) => {
              setEdits((now) => laidOver(now, answer))
              setTold(answer)
              setOnly('changed')
              setUploading(false)
            }}
          />
        </div>
      </Dialog>
    </Office>
  )
}

/** Height of a row, as the style sheet has it. */
const ROW = 34

/** What came with a workbook: how many rows change something, and what could not be read. */
function Told({ told }: { told: Corrections }) {
  const t = useWords('quality')
  const say = useBilingual()
  return (
    <Notice
      tone={told.faults.length > 0 ? 'alert' : 'done'}
      live
      title={t('mend.read', { rows: told.rows.length, unchanged: told.unchanged, faults: told.faults.length })}
    >
      {t('mend.read_text')}
      {told.faults.length > 0 && (
        <ul className="q-reasons">
          {told.faults.slice(0, 20).map((fault) => (
            <li key={`${fault.row} ${fault.cell} ${fault.code}`}>{say({ zh: fault.zh, en: fault.en })}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

/** What is left of the window below the place where the grid begins. */
function useHeight(place: { current: HTMLDivElement | null }): number {
  const [height, setHeight] = useState(480)
  useEffect(() => {
    const settle = () => {
      const top = place.current?.getBoundingClientRect().top ?? 320
      setHeight(Math.max(280, window.innerHeight - Math.max(top, 120) - 110))
    }
    settle()
    addEventListener('resize', settle)
    return () => removeEventListener('resize', settle)
  }, [place])
  return height
}
