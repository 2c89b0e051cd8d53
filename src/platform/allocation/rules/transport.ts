/** Sending what is at some places to others at least cost: rotation, pairing, shares. Whole numbers, proven best. */
import { boundOf, cheapestFlow, Draft } from './network.ts'

export type ToTransport = {
  from: { id: string; amount: number }[]
  to: { id: string; most: number }[]
  /** Ways that exist; `cost` a unit, a whole number that may be negative; `most` units, unlimited unless given. */
  ways: { from: string; to: string; cost: number; most?: number }[]
}

export type Transported =
  | {
      outcome: 'sent'
      amounts: { from: string; to: string; amount: number }[]
      cost: number
      bound: number
      milliseconds: number
    }
  /** The most that can be sent leaves so much at these places. */
  | { outcome: 'impossible'; left: { from: string; amount: number }[]; milliseconds: number }

/** The cheapest way of sending everything. Throws `RangeError` for unknown ids and for numbers that are not whole. */
export function transport({ from, to, ways }: ToTransport): WithoutTime<Transported> {
  const source = new Map(from.map(({ id }, place) => [id, place]))
  const target = new Map(to.map(({ id }, place) => [id, from.length + place]))
  if (source.size < from.length || target.size < to.length) throw new RangeError('an id comes twice')
  const root = from.length + to.length
  const numbers = [...from.map((one) => one.amount), ...to.map((one) => one.most), ...ways.map((one) => one.most ?? 0)]
  if (![...numbers, ...ways.map((one) => one.cost)].every(Number.isSafeInteger) || numbers.some((number) => number < 0))
    throw new RangeError('amounts and costs are whole numbers, amounts not below 0')

  const draft = new Draft()
  for (const way of ways) {
    const [first, last] = [source.get(way.from), target.get(way.to)]
    if (first === undefined || last === undefined) throw new RangeError(`unknown: ${way.from} → ${way.to}`)
    draft.arc(first, last, Math.min(way.most ?? Number.POSITIVE_INFINITY, from[first]!.amount), way.cost)
  }
  for (const [place, { most }] of to.entries()) draft.arc(from.length + place, root, most, 0)
  const supply = new Int32Array(root + 1)
  supply.set(from.map(({ amount }) => amount))
  const network = draft.network(root + 1, supply)
  const { flow, unsent, price } = cheapestFlow(network)
  const left = from.map(({ id }, place) => ({ from: id, amount: unsent[place]! })).filter(({ amount }) => amount > 0)
  if (left.length > 0) return { outcome: 'impossible', left }
  return {
    outcome: 'sent',
    amounts: ways
      .map((way, arc) => ({ from: way.from, to: way.to, amount: flow[arc]! }))
      .filter(({ amount }) => amount > 0),
    cost: ways.reduce((sum, { cost }, arc) => sum + cost * flow[arc]!, 0),
    bound: boundOf(network, price),
  }
}

/** An answer before the time is taken. */
export type WithoutTime<T> = T extends unknown ? Omit<T, 'milliseconds'> : never
