/** The form of tables in a pack, and that every combination of their keys has exactly one cell. */
import { z } from 'zod'
import { amount } from './rules/expression/decimal.ts'
import type { TableAxis, TableRow, TableValue } from './rules/expression/table.ts'

const name = z.string().regex(/^[a-z][a-z0-9_]*$/)
const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** Units that a cell can have. */
export const CELL_UNITS = ['yuan', 'credit', 'hour', 'year', 'month', 'day', 'count', 'ratio', 'share'] as const
const MOST_AXES = 3
const MOST_ROWS = 500
const MOST_CELLS = 20_000

const axis = z
  .strictObject({
    id: name.refine((id) => id !== 'is'),
    title: words,
    unit: z.string().min(1).optional(),
    bands: z.literal(true).optional().describe('Numbers in bands [from, below), null where open; otherwise names'),
    names: z.record(z.string().min(1), words).optional(),
  })
  .refine(({ bands, names }) => (bands === undefined) !== (names === undefined), {
    error: 'an axis has either bands or names',
    params: { zh: '维度须为区间（bands）或名目（names）之一' },
  })
export const axes = z
  .array(axis)
  .min(1)
  .max(MOST_AXES)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, {
    error: 'an axis is there twice',
    params: { zh: '维度重复' },
  })

const bound = z.number().nullable()
const key = z.union([z.string(), bound, z.tuple([bound, bound]), z.array(z.string().min(1)).min(1)])
export const rows = z
  .array(z.object({ is: z.number().nullable().describe('The cell') }).catchall(key))
  .min(1)
  .max(MOST_ROWS)
  .describe('Under the id of each axis a band or one or several names; every combination exactly once')

/** A row of the file with its names as lists, as it is kept. */
export const keptRow = (row: Readonly<Record<string, unknown>>): TableRow =>
  Object.fromEntries(
    Object.entries(row).map(([id, held]) => [id, typeof held === 'string' ? [held] : held]),
  ) as TableRow

type Wrong = { path: PropertyKey[]; zh: string; en: string }

/** What is wrong with the rows: a key that is not an axis's, a combination without a cell or with two. */
export function wrongRows(all: readonly TableAxis[], given: readonly Readonly<Record<string, unknown>>[]): Wrong[] {
  const wrong = given.flatMap((row, nth) =>
    wrongKeys(all, row).map(({ path, ...said }) => ({ path: [nth, ...path], ...said })),
  )
  return wrong.length > 0 ? wrong : wrongCover(all, given.map(keptRow))
}

function wrongKeys(all: readonly TableAxis[], row: Readonly<Record<string, unknown>>): Wrong[] {
  const wrong: Wrong[] = []
  const say = (path: PropertyKey[], zh: string, en: string) => wrong.push({ path, zh, en })
  const ids = new Set(['is', ...all.map(({ id }) => id)])
  for (const id of Object.keys(row)) if (!ids.has(id)) say([id], `没有维度 ${id}`, `there is no axis ${id}`)
  for (const { id, bands, names } of all) {
    const held = row[id]
    if (held === undefined) say([], `缺少维度 ${id}`, `the axis ${id} is missing`)
    else if (bands) {
      if (!isBand(held))
        say([id], '须为区间 [起, 止)，开放的一端写 null', 'must be a band [from, below), null where open')
      else if (held.some((end) => end !== null && !isExact(end))) say([id], '小数不能超过六位', 'at most six decimals')
      else if (held[0] !== null && held[1] !== null && held[0] >= held[1])
        say([id], '区间的止点须大于起点', 'the band ends before it begins')
    } else {
      const list = typeof held === 'string' ? [held] : held
      if (!Array.isArray(list) || list.some((one) => typeof one !== 'string'))
        say([id], '须为名目', 'must be one or several names')
      else
        for (const one of list) if (!Object.hasOwn(names!, one)) say([id], `没有名目 ${one}`, `there is no name ${one}`)
    }
  }
  if (typeof row.is === 'number' && !isExact(row.is)) say(['is'], '小数不能超过六位', 'at most six decimals')
  return wrong
}

const isBand = (held: unknown): held is [number | null, number | null] =>
  Array.isArray(held) && held.length === 2 && held.every((end) => end === null || typeof end === 'number')

export function isExact(given: number): boolean {
  try {
    amount(given)
    return true
  } catch {
    return false
  }
}

/** Along an axis, what cannot be divided further: a name, or a band between two neighbouring bounds. */
type Step = { says: string; covers: (key: TableRow[string]) => boolean }

function stepsOf({ id, bands, names, unit }: TableAxis, given: readonly TableRow[]): Step[] {
  if (!bands)
    return Object.keys(names!).map((one) => ({
      says: `${id} ${one}`,
      covers: (key) => (key as readonly string[]).includes(one),
    }))
  const ends = given.map((row) => row[id] as readonly [number | null, number | null])
  const below = ends.map(([from]) => from ?? Number.NEGATIVE_INFINITY)
  const above = ends.map(([, to]) => to ?? Number.POSITIVE_INFINITY)
  const marks = [...new Set([...below, ...above])].sort((a, b) => a - b)
  return marks.slice(1).map((to, nth) => {
    const from = marks[nth]!
    const shown = (end: number) => (Number.isFinite(end) ? String(end) : '∞')
    return {
      says: `${id} ${Number.isFinite(from) ? from : '-∞'}–${shown(to)}${unit ? ` ${unit}` : ''}`,
      covers: (key) => {
        const [low, high] = key as readonly [number | null, number | null]
        return (low ?? Number.NEGATIVE_INFINITY) <= from && to <= (high ?? Number.POSITIVE_INFINITY)
      },
    }
  })
}

function wrongCover(all: readonly TableAxis[], given: readonly TableRow[]): Wrong[] {
  const steps = all.map((one) => stepsOf(one, given))
  const cells = steps.reduce((product, { length }) => product * length, 1)
  if (cells > MOST_CELLS) return [{ path: [], zh: `表超过 ${MOST_CELLS} 格`, en: `more than ${MOST_CELLS} cells` }]
  const covers = steps.map((line, nth) => line.map((step) => given.map((row) => step.covers(row[all[nth]!.id]!))))
  const wrong: Wrong[] = []
  const told = new Set<number>()
  for (let cell = 0; cell < cells && wrong.length < 20; cell++) {
    const at: number[] = []
    let rest = cell
    for (const { length } of steps.toReversed()) {
      at.unshift(rest % length)
      rest = Math.floor(rest / length)
    }
    const says = at.map((place, nth) => steps[nth]![place]!.says).join(', ')
    const fitting = given.flatMap((_, row) => (at.every((place, nth) => covers[nth]![place]![row]) ? [row] : []))
    if (fitting.length === 0) wrong.push({ path: [], zh: `表有空缺：${says}`, en: `no cell for ${says}` })
    const [first, second] = fitting
    if (second === undefined || told.has(second)) continue
    told.add(second)
    wrong.push({
      path: [second],
      zh: `与第 ${first! + 1} 行重叠：${says}`,
      en: `overlaps row ${first! + 1}: ${says}`,
    })
  }
  return wrong
}

/** A table as a value by itself, as it stands in the database. */
export const table: z.ZodType<TableValue> = z
  .strictObject({ of: z.enum(CELL_UNITS), axes, rows })
  .superRefine(({ axes: all, rows: given }, context) => {
    for (const { path, zh, en } of wrongRows(all, given))
      context.addIssue({ code: 'custom', message: en, params: { zh }, path: ['rows', ...path] })
  }) as never
