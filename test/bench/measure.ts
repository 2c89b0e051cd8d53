/** Measuring: the product and its baseline in turn, several rounds each; a table for people and one JSON line for machines. */
import { cpus, loadavg, totalmem } from 'node:os'

/** Seconds that one piece of work takes. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

/** One figure of the product beside its baseline: `values` in `unit`, one a round. */
export type Comparison = {
  what: string
  /** A rate (`/s`) is better when it is more, everything else when it is less. */
  unit: 's' | 'ms' | '/s'
  values: number[]
  baseline: { what: string; values: number[] }
  /** What else is worth knowing, for instance what was checked after each round. */
  note?: string
}

export type Result = { comparisons: Comparison[]; facts?: Record<string, unknown> }

/** A benchmark as `main.ts` lists and runs it. */
export type Benchmark = { name: string; what: string; run: (bench: Bench) => Promise<Result> }

/** What a benchmark gets: a database of its own on the server of this run, and a way to say how far it is. */
export type Bench = {
  /** A new database, empty or a clone of another of this run; its connection string. */
  database: (cloneOf?: string) => Promise<string>
  /** Runs work once per program run; later benchmarks get the same answer. */
  once: <T>(key: string, work: () => Promise<T>) => Promise<T>
  say: (text: string) => void
}

type Round = () => Promise<number>

/**
 * Runs product and baseline alternately, so that what disturbs the machine disturbs both. `warm` rounds come first and do not count.
 */
export async function inTurn(
  rounds: number,
  product: Round,
  baseline: Round,
  warm = 0,
): Promise<{ values: number[]; base: number[] }> {
  const values: number[] = []
  const base: number[] = []
  for (let round = -warm; round < rounds; round++) {
    const [own, bare] = [await product(), await baseline()]
    if (round < 0) continue
    values.push(own)
    base.push(bare)
  }
  return { values, base }
}

const sorted = (values: number[]): number[] => [...values].sort((a, b) => a - b)
export const median = (values: number[]): number => {
  const list = sorted(values)
  const middle = list.length >> 1
  return list.length % 2 ? list[middle]! : (list[middle - 1]! + list[middle]!) / 2
}
const best = (values: number[], unit: Comparison['unit']): number =>
  unit === '/s' ? Math.max(...values) : Math.min(...values)

/** How many times the baseline's cost the product takes, best round against best round: 1 is as cheap, 2 twice as dear. */
export const ratio = ({ unit, values, baseline }: Comparison): number => {
  const [own, bare] = [best(values, unit), best(baseline.values, unit)]
  return unit === '/s' ? bare / own : own / bare
}

const digits = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : value >= 100 ? value.toFixed(0) : value.toPrecision(3)
const shown = (values: number[], unit: Comparison['unit']): string => {
  const mark = unit === '/s' ? '/s' : ` ${unit}`
  return `best ${`${digits(best(values, unit))}${mark}`.padEnd(12)} median ${`${digits(median(values))}${mark}`.padEnd(12)}`
}

/** The figures as people read them. */
export function table({ comparisons }: Result): string {
  return comparisons
    .map((one) =>
      [
        `  ${one.what}`,
        `    product   ${shown(one.values, one.unit)} ${one.values.length} round${one.values.length === 1 ? '' : 's'}`,
        `    baseline  ${shown(one.baseline.values, one.unit)} ${one.baseline.what}`,
        `    ${ratio(one).toFixed(2)} × the baseline${one.note ? ` · ${one.note}` : ''}`,
      ].join('\n'),
    )
    .join('\n')
}

const rounded = (value: number): number => Number(value.toPrecision(4))

/** The same as one line of JSON. */
export function jsonLine(name: string, { comparisons, facts }: Result, more: Record<string, unknown>): string {
  return JSON.stringify({
    bench: name,
    comparisons: comparisons.map((one) => ({
      what: one.what,
      unit: one.unit,
      rounds: one.values.length,
      best: rounded(best(one.values, one.unit)),
      median: rounded(median(one.values)),
      baseline: {
        what: one.baseline.what,
        best: rounded(best(one.baseline.values, one.unit)),
        median: rounded(median(one.baseline.values)),
      },
      ratio: rounded(ratio(one)),
      ...(one.note ? { note: one.note } : {}),
    })),
    ...(facts ? { facts } : {}),
    ...more,
  })
}

/** The machine in figures; nothing that names it. */
export const machine = (postgres: string) => ({
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version.slice(1),
  postgres,
})

/** How much other work there was in the last minute: processes that wanted a core, on average. */
export const load = (): number => Math.round(loadavg()[0]! * 10) / 10
