/** Everything that is wrong with a call as written, each at its place: its flow, its forms, and what it names of policy. */
import { checkForm, type Form } from '../../forms/index.ts'
import { type Located, type Problem, readYamlText } from '../../policy/index.ts'
import { KNOWN_FIELDS } from '../applications/known.ts'
import { type Definition, definition } from '../contract/definition.ts'
import { figuresOf, type Wrong, wrongAsWritten } from '../rules/written.ts'
import type { Known } from './known.ts'
import { questionsIn } from './questions.ts'

export type CheckedCall =
  | { definition: Definition; problems: []; at: Located['at'] }
  | { definition: undefined; problems: Problem[] }

/** Reads a call's text. `name` is what people call the file. */
export function readCall(
  text: string,
  name: string,
  known: Known,
  more: (one: Definition) => Wrong[] = () => [],
): CheckedCall {
  const read = readYamlText(text, name, definition)
  if (read.data === undefined) return { definition: undefined, problems: read.problems.map(named) }
  const problems = [...wrongIn(read.data, known), ...more(read.data)].map(({ path, zh, en }) => ({
    file: name,
    ...read.at(path),
    path: path.map(String).join('.'),
    zh,
    en,
  }))
  return problems.length > 0
    ? { definition: undefined, problems }
    : { definition: read.data, problems: [], at: read.at }
}

/** The one pattern of a call is that of names: it is told in words. */
const named = (problem: Problem): Problem =>
  /pattern/.test(problem.en)
    ? {
        ...problem,
        zh: '代码以小写字母开头，只含小写字母、数字和下划线，可用点分段',
        en: 'a name begins with a small letter and has small letters, digits and _; dots set its parts apart',
      }
    : problem

/** Everything wrong with a definition; nothing where it may be published. */
export function wrongIn(one: Definition, known: Known): Wrong[] {
  const forms = [...formsOf(one)].flatMap(({ path, form }) => inForm(path, form))
  return [
    ...wrongAsWritten(one),
    ...forms,
    // What questions there are can only be said of a form that can be read.
    ...(forms.length > 0 ? [] : inQuestions(one, known)),
    ...inPolicy(one, known),
  ]
}

/** The forms of a call: that of the application, reports of checks, the yearly assessment. */
export function* formsOf(one: Definition): Generator<{ path: PropertyKey[]; form: unknown }> {
  yield { path: ['form'], form: one.form }
  for (const [nth, stage] of one.stages.entries())
    if (stage.kind === 'check' && stage.report) yield { path: ['stages', nth, 'report'], form: stage.report }
  if (one.result.assessment?.form) yield { path: ['result', 'assessment', 'form'], form: one.result.assessment.form }
}

const inForm = (at: PropertyKey[], form: unknown): Wrong[] =>
  checkForm(form).map(({ path, zh, en }) => ({ path: [...at, ...stepsOf(path)], zh, en }))

/** `pages[0].elements[2].title` */
const stepsOf = (path: string): PropertyKey[] =>
  [...path.matchAll(/([^.[\]]+)/g)].map(([step]) => (/^\d+$/.test(step!) ? Number(step) : step!))

function* inQuestions(one: Definition, known: Known): Generator<Wrong> {
  const questions = questionsIn(one.form as Form)
  const blind = one.stages.some((stage) => stage.kind === 'review' && stage.blind !== 'none')
  for (const { from, path, identifies } of questions.values()) {
    if (from === undefined) continue
    const field = (KNOWN_FIELDS as readonly string[]).includes(from)
    const at = ['form', ...path, 'from']
    const ofSchool = !from.startsWith('person.')
    if (!known.fact(from, one.applicant) && !(field && (one.applicant === 'person' || ofSchool)))
      yield { path: at, zh: `系统中没有“${from}”，不能预填`, en: `the product does not know ${from}` }
    else if (blind && field && !identifies)
      yield {
        path: ['form', ...path],
        zh: '评审采用匿名方式，此项须注明 identifies: true',
        en: 'reviews are blind: mark this question with identifies: true',
      }
  }
  for (const [nth, stage] of one.stages.entries()) {
    if (stage.kind === 'notice')
      for (const [index, shown] of stage.shows.entries()) {
        if (['name', 'school', 'track'].includes(shown)) continue
        const question = questions.get(shown)
        const path = ['stages', nth, 'shows', index]
        if (!question) yield { path, zh: `表中没有题目“${shown}”`, en: `the form has no question ${shown}` }
        else if (question.contact)
          yield { path, zh: '联系方式不得公示', en: 'how to reach somebody is not for the public' }
      }
    if (stage.kind === 'review' && stage.field !== undefined && !questions.get(stage.field)?.choice)
      yield {
        path: ['stages', nth, 'field'],
        zh: `表中没有选择题“${stage.field}”，不能据此匹配专家`,
        en: `the form has no question ${stage.field} with choices to match experts by`,
      }
  }
}

function* inPolicy(one: Definition, known: Known): Generator<Wrong> {
  const sets: [PropertyKey[], readonly string[]][] = [
    [['eligibility', 'sets'], one.eligibility.sets],
    ...one.tracks.map(({ sets: own }, nth): [PropertyKey[], string[]] => [['tracks', nth, 'sets'], own]),
  ]
  for (const [path, list] of sets)
    for (const [nth, id] of list.entries()) {
      const about = known.set(id)
      if (about === undefined)
        yield { path: [...path, nth], zh: `没有条件集 ${id}`, en: `there is no requirement set ${id}` }
      else if (about === 'person' && one.applicant === 'organisation')
        yield { path: [...path, nth], zh: `条件集 ${id} 针对个人`, en: `the set ${id} is about people` }
    }
  for (const { path, figure } of figuresOf(one)) {
    if (typeof figure === 'number') continue
    const number = known.figure(figure)
    if (number === undefined) yield { path, zh: `没有参数 ${figure}`, en: `there is no parameter ${figure}` }
    else if (!number) yield { path, zh: `参数 ${figure} 不是单个数值`, en: `the parameter ${figure} is not one number` }
  }
  for (const [nth, { kind }] of one.eligibility.excludes.entries())
    if (known.kinds && kind !== one.result.kind && !known.kinds.has(kind))
      yield {
        path: ['eligibility', 'excludes', nth, 'kind'],
        zh: `没有申报评选授予“${kind}”`,
        en: `no call gives ${kind}`,
      }
}
