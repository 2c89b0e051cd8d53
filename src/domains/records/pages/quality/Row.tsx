/** A row of the grid: light elements and no handler of its own, since thousands of them go by. Drawn anew only where its person changed or the keys came to it. */
// biome-ignore-all lint/a11y/useSemanticElements: a table lays out all of its rows together; these are laid out each by itself
// biome-ignore-all lint/a11y/useFocusableInteractive: the keys go from cell to cell, and one of them at a time has the focus
import { memo, useSyncExternalStore } from 'react'
import type { useCodes } from '../codes.ts'
import { BETWEEN, Editor, type Step, TABLES } from './Editor.tsx'
import type { KeptEdits } from './edits.ts'
import type { Field, GridRow } from './quality.ts'

/** Height of a row in pixels, as the style sheet has it. */
export const ROW = 34
/** Columns before those that are edited: who it is, and the school. */
export const BEFORE = 2

/** What every row is shown with; the same object while the page stays. */
export type Manner = {
  fields: readonly Field[]
  headers: readonly string[]
  /** Keys of the cells that a rule means. */
  meant: (rule: string) => readonly string[]
  reasonOf: (code: string, data?: Record<string, string | number>) => string
  codes: Pick<ReturnType<typeof useCodes>, 'label' | 'choices'>
  say: Record<'empty' | 'missing' | 'wrong' | 'edited', string> & Record<'was' | 'now', (value: string) => string>
}
export type Editing = { begin: string; typed: boolean }
export type OnEnd = (row: GridRow, field: Field, keep: string | undefined, how: { byKey: boolean; step?: Step }) => void

/** A value in words: codes by their tables. */
export function inWords(field: Field, value: string | null, { label }: Manner['codes']): string {
  const table = field.table ? TABLES[field.table] : undefined
  if (!value || !table) return value ?? ''
  if (!value.includes(BETWEEN)) return label(table, value)
  return value
    .split(BETWEEN)
    .map((code) => label(table, code))
    .join(BETWEEN)
}

type RowProps = {
  row: GridRow
  at: number
  edits: KeptEdits
  manner: Manner
  /** The column in which the keys are, or -1. */
  active: number
  editing: Editing | null
  onEnd: OnEnd
}

export const Row = memo(function Row({ row, at, edits, manner, active, editing, onEnd }: RowProps) {
  const { cells, problems, conflict } = useSyncExternalStore(edits.listen, () => edits.of(row.personId))
  const { fields, headers, codes, say } = manner
  const wrong = new Set(row.found.flatMap(manner.meant))
  return (
    <div className="qual-row" role="row" aria-rowindex={at + 2} style={{ top: at * ROW }}>
      <div className="qual-cell qual-who" role="gridcell" data-place={`${at} 0`} tabIndex={active === 0 ? 0 : -1}>
        <a href={`/people/${row.personId}`} tabIndex={-1} data-person={row.personId}>
          {row.name}
        </a>{' '}
        <small className="q-quiet">{row.number}</small>
      </div>
      <div className="qual-cell" role="gridcell" data-place={`${at} 1`} tabIndex={active === 1 ? 0 : -1}>
        {row.orgName}
      </div>
      {fields.map((field, nth) => {
        const was = row.values[field.key] ?? null
        const isEdited = cells !== undefined && field.key in cells
        const value = isEdited ? (cells[field.key] ?? null) : was
        const label = `${row.name} ${headers[nth]}`
        if (editing && active === nth + BEFORE)
          return (
            <div key={field.key} className="qual-cell qual-editing" role="gridcell">
              <Editor
                field={field}
                {...editing}
                choices={codes.choices}
                label={label}
                onEnd={(keep, how) => onEnd(row, field, keep, how)}
              />
            </div>
          )
        const text = inWords(field, value, codes)
        const isWrong = wrong.has(field.key)
        const problem = problems?.find(({ key }) => key === field.key)
        const reason = problem && manner.reasonOf(problem.code, problem.data)
        let className = 'qual-cell'
        if (isEdited) className += ' qual-edited'
        else if (isWrong) className += ' qual-wrong'
        if (reason) className += ' qual-refused'
        if (text === '') className += ' qual-none'
        let name = `${label}，${text || say.empty}`
        if (isWrong) name += `，${say.wrong}`
        if (isEdited) name += `，${say.edited}`
        if (reason) name += `，${reason}`
        return (
          <div
            key={field.key}
            role="gridcell"
            className={className}
            data-place={`${at} ${nth + BEFORE}`}
            tabIndex={active === nth + BEFORE ? 0 : -1}
            aria-label={name}
            title={reason ?? (isEdited ? say.was(inWords(field, was, codes) || say.empty) : undefined)}
          >
            {text || (isWrong ? say.missing : '—')}
            {conflict && isEdited && (
              <small className="q-quiet">{say.now(inWords(field, was, codes) || say.empty)}</small>
            )}
          </div>
        )
      })}
    </div>
  )
})
