/** The rule book on paper, for a lawyer to check: the words of the source at the left, the rule as it is judged at the right, by chapter. */
import { readFileSync } from 'node:fs'
import type { CivilDate } from '../../../base/dates.ts'
import { refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { WrittenCondition, WrittenGroup } from '../contract.ts'
import type { FactBook } from '../facts.ts'
import { requirementsInForce } from '../library.ts'
import { authorityOf, packsInForce } from '../queries.ts'
import { type PaperLocale, type PaperWords, type Printer, paperWords, pdfFile } from './paper-words.ts'

const TEMPLATE = readFileSync(new URL('./rule-book.typ', import.meta.url), 'utf8')

type Ask = {
  authority?: string | undefined
  orgId?: string | undefined
  asOf?: CivilDate | undefined
  domain?: string | undefined
  set?: string | undefined
  locale: PaperLocale
}
type Rule = Awaited<ReturnType<typeof requirementsInForce>>[number]

/** @throws Refusal `policy.no_authority`, and `policy.no_rules` where nothing is in force on the day */
export async function rulesPdf<T>(
  act: Act<T>,
  book: FactBook,
  print: Printer,
  { locale, set, domain, ...ask }: Ask,
): Promise<File> {
  const words = paperWords(locale)
  const rules = (await requirementsInForce(act, book, ask)).filter(
    ({ id }) => (set === undefined || id === set) && (domain === undefined || domainOf(id) === domain),
  )
  if (rules.length === 0) throw refused('policy.no_rules')
  const asOf = ask.asOf ?? act.today
  const packs = await packsInForce(act)
  // Whose book it is was asked; the first rule may be one that they only adopted.
  const whose = ask.authority ?? (await authorityOf(act, ask.orgId!))
  const name = packs.find(({ authority }) => authority === whose)?.name
  const authority = name ? words.say(name) : whose
  const part = set === undefined ? domain && domainTitle(domain, words) : words.say(rules[0]!.title)
  const title = words.t('rules.title')
  const data = {
    ...rulePaper(rules, words),
    title,
    subtitle: [words.t('print.book_subtitle', { authority, date: words.date(asOf) }), part].filter(Boolean).join(' · '),
    printed: words.t('print.printed', { date: words.date(act.today), name: act.actor.name }),
  }
  const bytes = await print(TEMPLATE, data, { at: act.now })
  return pdfFile(bytes, [title, authority, part, asOf].filter(Boolean).join(' '))
}

const domainOf = (id: string): string => id.split('.')[0]!
const domainTitle = (domain: string, { t, has }: PaperWords): string =>
  has(`domain.${domain}`) ? t(`domain.${domain}`) : domain

/** What the template lays out: chapters of rules, each with its lines of text and rule. Pure. */
export function rulePaper(rules: readonly Rule[], words: PaperWords) {
  const { t, say } = words
  const chapters = Map.groupBy(rules, ({ id }) => domainOf(id))
  return {
    locale: words.locale,
    words: { page: t('print.page', { page: '{page}', pages: '{pages}' }) },
    label: {
      text: t('print.text'),
      rule: t('print.rule'),
      contents: t('print.contents'),
      parameter: t('print.parameter'),
      value: t('print.value'),
      from: t('print.from'),
      clause: t('print.clause'),
      consequences: t('print.consequences'),
      note: t('print.book_foot'),
    },
    chapters: [...chapters].map(([domain, some]) => ({
      title: domainTitle(domain, words),
      rules: some.map((rule) => ({
        title: say(rule.title),
        id: rule.id,
        versions: rule.layers.map(({ packVersion, from }) =>
          t('rules.layer', { version: packVersion, date: words.date(from) }),
        ),
        lines: [
          ...linesOf(rule.needs, words),
          ...rule.grades.flatMap(({ title, when }) => [
            { kind: 'group', depth: 0, text: t('rules.grade', { title: say(title) }) },
            ...linesOf(when, words, 1),
          ]),
        ],
        consequences: rule.consequences.map(({ says, clause }) => ({ says: say(says), clause: words.clause(clause) })),
        parameters: rule.parameters.map(({ title, value, unit, from, clause, confidence }) => [
          say(title),
          words.value(value, unit),
          words.t('print.since', { date: words.date(from) }),
          `${words.clause(clause)}${words.chinese ? '；' : '; '}${t(`confidence.${confidence}`)}`,
        ]),
        tables: rule.parameters.flatMap(({ title, value }) => {
          const table = words.table(value)
          return table ? [{ title: say(title), ...table }] : []
        }),
        facts: t('rules.facts', { facts: words.list(rule.facts.map((fact) => say(fact.title))) }),
      })),
    })),
  }
}

function linesOf(group: WrittenGroup, words: PaperWords, depth = 0): unknown[] {
  const { t, say } = words
  const { says, least, parts } = group
  const rule = parts.length > 1 && least < parts.length ? t('rules.at_least', { least, of: parts.length }) : ''
  const head = says || rule ? [{ kind: 'group', depth, text: `${says ? say(says) : ''}${rule}` }] : []
  const inner = head.length > 0 ? depth + 1 : depth
  return [
    ...head,
    ...parts.flatMap((part) =>
      part.kind === 'group' ? linesOf(part.group, words, inner) : conditionLines(part.condition, words, inner),
    ),
  ]
}

function conditionLines(condition: WrittenCondition, words: PaperWords, depth: number): unknown[] {
  const { t, say } = words
  const { says, test, clause, confidence, note, exceptions } = condition
  return [
    { kind: 'rule', depth, says: say(says), test, note: note ?? '', ...words.source(clause, confidence) },
    ...exceptions.map((one) => ({
      kind: 'rule',
      depth: depth + 1,
      says: `${t('rules.exception')}${say(one.says)}`,
      test: one.when,
      note: '',
      ...words.source(one.clause, confidence),
      confidence: '',
    })),
  ]
}
