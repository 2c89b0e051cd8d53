/** How a case may move: the only place that says from which state which act leads where. */
import type { Definition, Stage } from '../contract/definition.ts'

export const STATES = [
  // With the applicant.
  'draft',
  'returned',
  // With whoever has the stage.
  'waiting',
  'paused',
  'appealed',
  // Ended.
  'refused',
  'withdrawn',
  'lapsed',
  'filed',
] as const
export type State = (typeof STATES)[number]
export const ENDED: ReadonlySet<State> = new Set<State>(['refused', 'withdrawn', 'lapsed', 'filed'])

/** Where a case stands. `stage` is null before the first submission; while `returned` it is the stage it goes back to. */
export type Position = { state: State; stage: string | null }

export type Move =
  | { act: 'submit' }
  /** The stage is done with a yes. */
  | { act: 'pass' }
  /** To the applicant (null) or to an earlier stage. */
  | { act: 'return'; to: string | null }
  | { act: 'refuse' }
  | { act: 'withdraw' }
  /** An objection was raised, or answered so that the case goes on. */
  | { act: 'pause' }
  | { act: 'resume' }
  | { act: 'appeal' }
  | { act: 'dismiss' }
  | { act: 'uphold'; to: string }
  /** An end is taken back by a recorded act. */
  | { act: 'reopen'; to: string }
  | { act: 'lapse' }

type Flow = Pick<Definition, 'stages' | 'appeal'>

const at = ({ stages }: Flow, id: string | null) => stages.findIndex((stage) => stage.id === id)
export const stageAt = (flow: Flow, id: string | null): Stage | undefined => flow.stages[at(flow, id)]

/** Whether an office that has the stage may say no there for good. A notice ends a case only by an objection that was upheld. */
const mayRefuse = (stage: Stage): boolean =>
  stage.kind !== 'file' && (stage.kind !== 'check' || stage.may.includes('refuse'))
const mayReturn = (stage: Stage): boolean => stage.kind !== 'check' || stage.may.includes('return')

/** Where the move leads, or null where it cannot be made from there. */
export function moved(flow: Flow, { state, stage }: Position, move: Move): Position | null {
  const nth = at(flow, stage)
  const here = flow.stages[nth]
  const waits = state === 'waiting' && here !== undefined
  switch (move.act) {
    case 'submit':
      if (state === 'draft') return { state: 'waiting', stage: flow.stages[0]!.id }
      return state === 'returned' && here ? { state: 'waiting', stage } : null
    case 'pass': {
      if (!waits) return null
      const next = flow.stages[nth + 1]
      return next ? { state: 'waiting', stage: next.id } : { state: 'filed', stage }
    }
    case 'return': {
      if (!(waits || state === 'paused') || !mayReturn(here!)) return null
      if (move.to === null) return { state: 'returned', stage }
      const to = at(flow, move.to)
      return to >= 0 && to < nth ? { state: 'waiting', stage: move.to } : null
    }
    case 'refuse':
      return (waits || state === 'paused') && mayRefuse(here!) ? { state: 'refused', stage } : null
    case 'withdraw':
      return ENDED.has(state) || state === 'appealed' ? null : { state: 'withdrawn', stage }
    case 'pause':
      return waits && here.kind === 'notice' ? { state: 'paused', stage } : null
    case 'resume':
      return state === 'paused' ? { state: 'waiting', stage } : null
    case 'appeal':
      return state === 'refused' && flow.appeal ? { state: 'appealed', stage } : null
    case 'dismiss':
      return state === 'appealed' ? { state: 'refused', stage } : null
    case 'uphold':
      return state === 'appealed' && at(flow, move.to) >= 0 && at(flow, move.to) <= nth
        ? { state: 'waiting', stage: move.to }
        : null
    case 'reopen':
      return (state === 'refused' || state === 'withdrawn' || state === 'lapsed') &&
        at(flow, move.to) >= 0 &&
        at(flow, move.to) <= Math.max(nth, 0)
        ? { state: 'waiting', stage: move.to }
        : null
    case 'lapse':
      return state === 'draft' || state === 'returned' ? { state: 'lapsed', stage } : null
  }
}

/** The stages whose places a case holds: all that it has left with a yes, as long as it has not ended otherwise. */
export function placesHeld(flow: Flow, { state, stage }: Position): string[] {
  if (state === 'filed') return flow.stages.map(({ id }) => id)
  if (ENDED.has(state) || state === 'draft' || state === 'appealed') return []
  return flow.stages.slice(0, Math.max(at(flow, stage), 0)).map(({ id }) => id)
}

/** Every move that can be made from there. */
export function movesFrom(flow: Flow, position: Position): Move[] {
  const ids = flow.stages.map(({ id }) => id)
  const all: Move[] = [
    ...(['submit', 'pass', 'refuse', 'withdraw', 'pause', 'resume', 'appeal', 'dismiss', 'lapse'] as const).map(
      (act) => ({ act }),
    ),
    ...[null, ...ids].map((to) => ({ act: 'return', to }) as const),
    ...ids.flatMap((to) => [{ act: 'uphold', to } as const, { act: 'reopen', to } as const]),
  ]
  return all.filter((move) => moved(flow, position, move) !== null)
}

/** All positions that acts lead to from the start. */
export function reachable(flow: Flow): Position[] {
  const key = ({ state, stage }: Position) => `${state}@${stage}`
  const seen = new Map<string, Position>()
  const open: Position[] = [{ state: 'draft', stage: null }]
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(key(next))) continue
    seen.set(key(next), next)
    for (const move of movesFrom(flow, next)) open.push(moved(flow, next, move)!)
  }
  return [...seen.values()]
}
