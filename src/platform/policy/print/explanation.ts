/** The explanation of a person or school on paper: outcome and what is missing first, then all conditions, facts, thresholds and versions. */
import { readFileSync } from 'node:fs'
import { type CivilDate, civilDate, isCivilDate } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import { alternativesIn, conditionsIn } from '../contract/ways.ts'
import type { Explanation, ToldCondition, ToldGroup } from '../contract.ts'
import { decisionAgain } from '../decisions/queries.ts'
import { explain } from '../explain.ts'
import { AS_OF, type FactBook } from '../facts.ts'
import { titlesOf } from '../library.ts'
import { headOf } from './head.ts'
import { type PaperLocale, type PaperWords, type Printer, paperWords, pdfFile } from './paper-words.ts'

const TEMPLATE = readFileSync(new URL('./explanation.typ', import.meta.url), 'utf8')

type Ask = {
  set: string
  personId?: string | undefined
  /** Instead of a person. */
  orgId?: string | undefined
  asOf?: CivilDate | undefined
  knownOn?: string | undefined
  given?: Readonly<Record<string, unknown>> | undefined
  draftId?: string | undefined
  changes?: Readonly<Record<string, unknown>> | undefined
  changedAt?: string | undefined
  decisionId?: string | undefined
  locale: PaperLocale
}

/** As it is judged now, or as a decision stood. @throws Refusal as `explain` does, `not_found` for a decision on somebody else */
export async function explanationPdf<T>(
  act: Act<T>,
  book: FactBook,
  print: Printer,
  { locale, decisionId, ...ask }: Ask,
): Promise<File> {
  const { personId } = ask
  const decided =
    decisionId === undefined || personId === undefined
      ? undefined
      : await decisionAgain(act, book, { personId, decisionId })
  const told = decided?.asItStood ?? (await explain(act, book, ask))
  const words = paperWords(locale)
  const titles = await titlesOf(act, told.parameters as Parameters<typeof titlesOf>[1])
  const data = {
    ...explanationPaper(told, words),
    head: [
      ...(await headOf(act, told.about, words)),
      [words.t('print.as_of'), words.date(told.asOf)],
      ...(decided
        ? [[words.t('print.decided'), `${words.date(dayOf(decided.decision.knownAt))} ${decided.decision.madeBy}`]]
        : []),
      ...(told.trial ? [[words.t('print.basis'), words.t('print.trial')]] : []),
      ...(!decided && told.knownOn
        ? [[words.t('print.known'), words.t('print.known_on', { date: words.date(dayOf(told.knownOn)) })]]
        : []),
    ],
    parameters: told.parameters.map(({ id, value, unit, clause, confidence, from, packVersion }) => [
      titles.has(id) ? words.say(titles.get(id)!) : id,
      words.value(value, unit),
      words.t('print.since', { date: words.date(from) }),
      `${words.clause(clause)}${words.chinese ? '；' : '; '}${words.t(`confidence.${confidence}`)}`,
      packVersion,
    ]),
    tables: told.parameters.flatMap(({ id, value }) => {
      const table = words.table(value)
      return table ? [{ title: titles.has(id) ? words.say(titles.get(id)!) : id, ...table }] : []
    }),
    printed: words.t('print.printed', { date: words.date(act.today), name: act.actor.name }),
  }
  const bytes = await print(TEMPLATE, data, { at: act.now })
  return pdfFile(bytes, `${words.t('print.explanation')} ${words.say(told.title)} ${told.about.name}`)
}

const dayOf = (when: string): CivilDate => (when.length === 10 ? when : civilDate(new Date(when)))

/** What the template lays out, all of it text in one language. Pure. */
export function explanationPaper(told: Explanation, words: PaperWords) {
  const { t, say } = words
  const grade = told.grades.find(({ id }) => id === told.outcome)
  const all = conditionsIn(told.needs)
  const open = told.way.flatMap((id) => all.find((one) => one.id === id && one.holds !== true) ?? [])
  const undecided = told.outcome !== 'met' && told.outcome !== 'exempt'
  return {
    locale: words.locale,
    words: { page: t('print.page', { page: '{page}', pages: '{pages}' }) },
    title: t('print.explanation'),
    subtitle: say(told.title),
    outcome: grade ? say(grade.title) : t(`print.outcome.${told.outcome}`),
    state: told.outcome === 'met' ? 'met' : told.outcome === 'unknown' ? 'unknown' : 'unmet',
    missing: undecided ? open.map((one) => ({ says: say(one.says), figures: figuresOf(one, told, words) })) : [],
    others: undecided
      ? alternativesIn(told.needs, new Set(told.way)).map((some) =>
          some.map((one) => say(one.says)).join(words.chinese ? '；' : '; '),
        )
      : [],
    way: undecided ? open.flatMap(({ cure }) => (cure ? [say(cure)] : [])) : [],
    earliest: undecided
      ? told.earliest
        ? t('print.earliest', { date: words.date(told.earliest) })
        : told.outcome === 'unmet'
          ? t('print.never')
          : ''
      : '',
    needs: told.outcome === 'exempt' ? [] : rowsOf(told.needs, told, words),
    grades: told.grades.map(({ title, when }) => ({
      title: t('rules.grade', { title: say(title) }),
      rows: rowsOf(when, told, words),
    })),
    consequences:
      told.outcome === 'met'
        ? []
        : told.consequences.map(({ says, clause }) => ({ says: say(says), clause: words.clause(clause) })),
    facts: told.facts.map(({ title, unit, value, codes, ask, stated, source }) => [
      say(title),
      ask
        ? t('print.ask', { whom: say(ask) })
        : `${words.value(inWords(value, codes, words), unit ?? '')}${stated ? t('print.stated') : ''}`,
      source ? say(source.says) : '',
    ]),
    versions: told.layers.map(({ packVersion, from }) =>
      t('rules.layer', { version: packVersion, date: words.date(from) }),
    ),
    label: {
      missing: t('print.missing'),
      others: t('print.others'),
      way: t('print.way'),
      when: t('print.when'),
      all: t('print.all'),
      condition: t('print.condition'),
      finding: t('print.finding'),
      facts: t('print.facts'),
      fact: t('print.fact'),
      value: t('print.value'),
      source: t('print.source'),
      parameters: t('print.parameters'),
      parameter: t('print.parameter'),
      from: t('print.from'),
      clause: t('print.clause'),
      version: t('print.version'),
      consequences: t('print.consequences'),
      versions: t('print.versions'),
      note: t('print.foot'),
    },
  }
}

const stateOf = (holds: boolean | null) => (holds === null ? 'unknown' : holds ? 'met' : 'unmet')

/** A line for each group that says something, or is one of several ways, and for each condition, with how deep it stands. */
function rowsOf(group: ToldGroup, told: Explanation, words: PaperWords, depth = 0, path = ''): unknown[] {
  const { t, say } = words
  const { says, least, parts, holds: whole } = group
  const some = parts.length > 1 && least < parts.length
  const text = [path, says && say(says), some && t('print.at_least', { least, of: parts.length })]
    .filter(Boolean)
    .join(words.chinese ? '　' : ' ')
  const head = text
    ? [{ kind: 'group', depth, text, state: stateOf(whole), finding: t(`print.holds.${String(whole)}`) }]
    : []
  const inner = head.length > 0 ? depth + 1 : depth
  return [
    ...head,
    ...parts.flatMap((part, nth): unknown[] => {
      if (part.kind === 'group')
        return rowsOf(part.group, told, words, inner, some ? t('print.path', { n: nth + 1 }) : '')
      const { condition } = part
      const { says: said, clause, confidence, note, holds, exception, cure } = condition
      return [
        {
          kind: 'condition',
          depth: inner,
          state: stateOf(holds),
          finding: t(`print.holds.${String(holds)}`),
          says: say(said),
          figures: figuresOf(condition, told, words),
          exception: exception
            ? `${t('rules.exception')}${say(exception.says)}（${words.clause(exception.clause)}）`
            : '',
          cure: holds === false && cure ? say(cure) : '',
          note: note ?? '',
          ...words.source(clause, confidence),
        },
      ]
    }),
  ]
}

/** What was compared, as on the screen: both sides and what is short, or the facts; whom to ask where nothing is known. */
function figuresOf(condition: ToldCondition, told: Explanation, words: PaperWords): string {
  const { t, say, chinese } = words
  const { holds, have, need, unit, relation, lacking } = condition
  const used = told.facts.filter(({ id }) => condition.facts.includes(id) && id !== AS_OF)
  if (holds === null)
    return used
      .filter(({ ask }) => ask !== null)
      .map(({ title, ask }) => t('print.unknown', { fact: say(title), whom: say(ask!) }))
      .join(chinese ? '；' : '; ')
  const facts = used.filter(({ value }) => known(value))
  const factIs = ({ title, value, unit: of, codes }: Fact) =>
    t('print.fact_is', { title: say(title), value: words.value(inWords(value, codes, words), of ?? '') })
  if (!known(have) || relation === null)
    return facts.length === 1
      ? words.value(inWords(facts[0]!.value, facts[0]!.codes, words), facts[0]!.unit ?? '')
      : facts.map(factIs).join(chinese ? '；' : '; ')
  const own = facts.find(({ value }) => JSON.stringify(value) === JSON.stringify(have))
  const asked = known(need)
    ? t('print.asked', {
        relation,
        date: String(isCivilDate(String(need))),
        need: words.value(inWords(need, own?.codes ?? [], words), unit ?? ''),
      })
    : ''
  return [
    `${words.value(inWords(have, own?.codes ?? [], words), unit ?? '')}${asked}`,
    ...(holds === false && lacking !== null ? [t('print.lacking', { n: words.value(lacking, unit ?? '') })] : []),
    ...(own ? [] : facts.map(factIs)),
  ].join(chinese ? '；' : '; ')
}

type Fact = Explanation['facts'][number]
const known = (value: unknown): boolean => value !== null && value !== undefined

/** A value with its codes, or the names of its amounts, in words. */
function inWords(value: unknown, codes: Explanation['facts'][number]['codes'], words: PaperWords): unknown {
  const named = (code: string): string => {
    const found = codes.find((one) => one.code === code)
    return found ? words.say(found) : code
  }
  if (typeof value === 'string') return named(value)
  if (Array.isArray(value)) return value.map((one) => inWords(one, codes, words))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, size]) => [named(name), size]))
}
