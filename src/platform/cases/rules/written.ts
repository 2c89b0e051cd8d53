/** Whether a call as written can be run at all: its stages lead to an end, and everything it names is there. Pure; forms and policy are looked at elsewhere. */
import type { Definition, Figure, Stage } from '../contract/definition.ts'
import { moved, movesFrom, type Position, reachable } from './flow.ts'

/** Something wrong, and where in the definition. */
export type Wrong = { path: PropertyKey[]; zh: string; en: string }
const wrong = (path: PropertyKey[], zh: string, en: string): Wrong => ({ path, zh, en })

export const wrongAsWritten = (one: Definition): Wrong[] => [
  ...twice(one),
  ...inStages(one),
  ...inFlow(one),
  ...inQuotas(one),
  ...inResult(one),
]

/** Every figure with its place. */
export function* figuresOf(one: Definition): Generator<{ path: PropertyKey[]; figure: Figure }> {
  for (const [nth, stage] of one.stages.entries())
    for (const key of ['days', 'reviews', 'outlier', 'floor', 'seats'] as const)
      if (key in stage && (stage as Record<string, unknown>)[key] !== undefined)
        yield { path: ['stages', nth, key], figure: (stage as unknown as Record<string, Figure>)[key]! }
  for (const [nth, stage] of one.stages.entries())
    if (stage.kind === 'notice') yield { path: ['stages', nth, 'objections', 'days'], figure: stage.objections.days }
  for (const [nth, { places }] of one.quotas.entries())
    yield 'each' in places
      ? { path: ['quotas', nth, 'places', 'each'], figure: places.each }
      : { path: ['quotas', nth, 'places', 'total'], figure: places.total }
  if (one.appeal) {
    yield { path: ['appeal', 'days'], figure: one.appeal.days }
    yield { path: ['appeal', 'answer'], figure: one.appeal.answer }
  }
  if (one.result.years !== undefined) yield { path: ['result', 'years'], figure: one.result.years }
}

const HEIGHTS = ['school', 'district', 'municipality'] as const
export type Height = (typeof HEIGHTS)[number]

/** Every office that acts, with its place. */
export function* officesIn(one: Definition): Generator<{ path: PropertyKey[]; at: Height }> {
  for (const [nth, stage] of one.stages.entries()) {
    for (const [index, { at }] of [stage.by].flat().entries())
      yield { path: ['stages', nth, 'by', ...(stage.kind === 'check' ? [index] : []), 'at'], at }
    if (stage.kind === 'check' && stage.escalates)
      yield { path: ['stages', nth, 'escalates', 'at'], at: stage.escalates.at }
    if (stage.kind === 'notice')
      yield { path: ['stages', nth, 'objections', 'answer', 'at'], at: stage.objections.answer.at }
  }
  if (one.appeal) yield { path: ['appeal', 'to', 'at'], at: one.appeal.to.at }
  if (one.result.assessment) yield { path: ['result', 'assessment', 'by', 'at'], at: one.result.assessment.by.at }
}

/** Nobody above the organisation that calls can be asked to act for it. @param at the height of that organisation */
export const tooHigh = (one: Definition, at: Height): Wrong[] =>
  [...officesIn(one)]
    .filter((office) => HEIGHTS.indexOf(office.at) > HEIGHTS.indexOf(at))
    .map(({ path }) =>
      wrong(path, '办理部门的层级高于组织单位', 'this office is above the organisation that makes the call'),
    )

function* twice(one: Definition): Generator<Wrong> {
  const lists: [PropertyKey[], readonly { id: string }[]][] = [
    [['stages'], one.stages],
    [['tracks'], one.tracks],
    [['materials'], one.materials],
    ...one.stages.flatMap((stage, nth): [PropertyKey[], readonly { id: string }[]][] =>
      stage.kind === 'review' ? [[['stages', nth, 'rubric'], stage.rubric]] : [],
    ),
    ...(one.result.assessment
      ? [[['result', 'assessment', 'grades'], one.result.assessment.grades] as [PropertyKey[], { id: string }[]]]
      : []),
  ]
  for (const [path, list] of lists) {
    const seen = new Set<string>()
    for (const [nth, { id }] of list.entries()) {
      if (seen.has(id)) yield wrong([...path, nth, 'id'], `代码重复：${id}`, `${id} is used twice`)
      seen.add(id)
    }
  }
}

function* inStages(one: Definition): Generator<Wrong> {
  for (const [nth, stage] of one.stages.entries()) {
    const at = (...more: PropertyKey[]) => ['stages', nth, ...more]
    if (stage.id === 'submit')
      yield wrong(at('id'), '“submit”是申报截止的代码，不能用作环节', '“submit” is the name of applying itself')
    if (stage.confidence === 'U' && !stage.note)
      yield wrong(at('confidence'), '未核实的内容须加说明', 'what is unverified needs a note')
    if (stage.kind === 'file' && nth !== one.stages.length - 1)
      yield wrong(at('kind'), '归档只能是最后一个环节', 'results are filed at the last stage only')
    if (stage.kind === 'notice' && nth === 0)
      yield wrong(at('kind'), '公示前须先有审核环节', 'a notice needs a stage before it')
    yield* inStage(one, stage, at)
  }
  if (one.stages.at(-1)!.kind !== 'file')
    yield wrong(
      ['stages', one.stages.length - 1, 'kind'],
      '最后一个环节须为归档',
      'the last stage must be of the kind file',
    )
}

function* inStage(one: Definition, stage: Stage, at: (...more: PropertyKey[]) => PropertyKey[]): Generator<Wrong> {
  if (stage.kind === 'panel') {
    if (stage.odd && typeof stage.seats === 'number' && stage.seats % 2 === 0)
      yield wrong(at('seats'), '评委会人数须为单数', 'a panel has an odd number of members')
    if (stage.pass[0] * 2 <= stage.pass[1])
      yield wrong(at('pass'), '通过比例须超过半数', 'to pass takes more than half')
  }
  if (stage.kind === 'notice' && stage.shows.includes('track') && one.tracks.length === 0)
    yield wrong(at('shows', stage.shows.indexOf('track')), '没有申报类别可公示', 'there are no tracks to show')
  if (stage.kind === 'check') {
    const offices = new Set<string>()
    for (const [index, { role, at: height }] of stage.by.entries()) {
      if (offices.has(`${role}@${height}`))
        yield wrong(at('by', index), '同一部门不必重复', 'the same office is asked twice')
      offices.add(`${role}@${height}`)
    }
  }
}

/** Every stage is come to, and from wherever a case may stand offices alone can bring it to its end. */
function* inFlow(one: Definition): Generator<Wrong> {
  if (new Set(one.stages.map(({ id }) => id)).size < one.stages.length) return
  const positions = reachable(one)
  for (const [nth, { id }] of one.stages.entries())
    if (!positions.some(({ state, stage }) => state === 'waiting' && stage === id))
      yield wrong(['stages', nth], '申报件到不了这一环节', 'no case ever comes to this stage')
  const key = ({ state, stage }: Position) => `${state}@${stage}`
  const ends = new Set(positions.filter(({ state }) => state === 'filed' || state === 'refused').map(key))
  for (let grown = true; grown; ) {
    grown = false
    for (const position of positions) {
      if (ends.has(key(position)) || position.state === 'withdrawn' || position.state === 'lapsed') continue
      if (
        movesFrom(one, position).some((move) => move.act !== 'withdraw' && ends.has(key(moved(one, position, move)!)))
      ) {
        ends.add(key(position))
        grown = true
      }
    }
  }
  for (const position of positions)
    if (!ends.has(key(position)) && position.state === 'waiting')
      yield wrong(
        ['stages', one.stages.findIndex(({ id }) => id === position.stage)],
        '申报件在这一环节无法办结',
        'a case at this stage can never come to an end',
      )
}

function* inQuotas(one: Definition): Generator<Wrong> {
  const seen = new Set<string>()
  for (const [nth, { at, track, per, places }] of one.quotas.entries()) {
    const path = ['quotas', nth]
    const stage = one.stages.find(({ id }) => id === at)
    if (!stage) yield wrong([...path, 'at'], `没有环节 ${at}`, `there is no stage ${at}`)
    else if (stage.kind === 'file')
      yield wrong([...path, 'at'], '名额须设在归档以前的环节', 'places belong to a stage before the results are filed')
    if (track !== undefined && !one.tracks.some(({ id }) => id === track))
      yield wrong([...path, 'track'], `没有申报类别 ${track}`, `there is no track ${track}`)
    if (per === 'call' && 'total' in places && places.by !== 'given')
      yield wrong([...path, 'places', 'by'], '全部名额不分配时写 given', 'places that are not shared out are given')
    const name = `${at} ${track ?? ''}`
    if (seen.has(name)) yield wrong(path, '同一名额写了两次', 'the same places are named twice')
    seen.add(name)
  }
}

function* inResult({ result }: Definition): Generator<Wrong> {
  if (result.assessment?.grades.every(({ removes }) => removes))
    yield wrong(['result', 'assessment', 'grades'], '须有一个保留称号的等次', 'one of the grades must keep the result')
  if (result.assessment && result.years === undefined)
    yield wrong(['result', 'years'], '有年度考核的称号须写明任期', 'what is assessed every year needs a term')
}
