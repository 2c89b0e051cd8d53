/** Takes out of texts who wrote them: names, schools, numbers, in whatever width, case and spacing they stand. */
import type { Answers } from './contract.ts'
import { type Form, type Part, partsOf, questionsOf, typeOf } from './language/walk.ts'

/** Where a word stood: characters (UTF-16) of the original text. */
export type Hit = { word: string; from: number; until: number }

/** Stands for what was taken out, in the language of the texts. */
const MARK = '〔已隐去〕'

/** Stand between the characters of a name or the digits of a number without changing it: blanks, dots, dashes, what has no width. */
const BETWEEN = /[\s\p{Cf}\p{Mn}·•‧・．.\-‐-―－_*]/u
const LETTER = /[a-z0-9]/

/**
 * The text with every occurrence of the words replaced by a mark. Words of one character are not looked for: a surname alone
 * is half of all texts. A word that begins or ends in a Latin letter or a digit counts only where none stands beside it.
 */
export function redact(text: string, words: readonly string[]): { text: string; hits: Hit[] } {
  const { folded, from, until } = fold(text)
  const hits: Hit[] = []
  for (const word of new Set(words)) {
    const sought = fold(word).folded
    if ([...sought].length < 2) continue
    for (let at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, at + 1)) {
      const end = at + sought.length
      if (
        isInWord(text, folded, from, until, at, sought[0]!, -1) ||
        isInWord(text, folded, from, until, end, sought.at(-1)!, 1)
      )
        continue
      hits.push({ word, from: from[at]!, until: until[end - 1]! })
    }
  }
  if (hits.length === 0) return { text, hits }
  hits.sort((a, b) => a.from - b.from || b.until - a.until)
  let result = ''
  let done = 0
  let open: { from: number; until: number } | undefined
  const close = () => {
    if (!open) return
    result += text.slice(done, open.from) + MARK
    done = open.until
  }
  for (const { from: begins, until: ends } of hits) {
    if (open && begins < open.until) open = { from: open.from, until: Math.max(open.until, ends) }
    else {
      close()
      open = { from: begins, until: ends }
    }
  }
  close()
  return { text: result + text.slice(done), hits }
}

/** Whether a letter or digit stands directly beside the end of a word that ends in one: "Li" is not in "quality". */
function isInWord(
  text: string,
  folded: string,
  from: readonly number[],
  until: readonly number[],
  at: number,
  edge: string,
  side: -1 | 1,
): boolean {
  if (!LETTER.test(edge)) return false
  const beside = side < 0 ? at - 1 : at
  const neighbour = folded[beside]
  if (neighbour === undefined || !LETTER.test(neighbour)) return false
  // Digits next to letters are two words; so is what a blank parts.
  if (/\d/.test(neighbour) !== /\d/.test(edge)) return false
  const gap = side < 0 ? text.slice(until[beside], from[at]) : text.slice(until[at - 1], from[beside])
  return gap === ''
}

/** Width, case and spacing folded away, with the place of each character in the original. */
function fold(text: string): { folded: string; from: number[]; until: number[] } {
  const from: number[] = []
  const until: number[] = []
  let folded = ''
  let at = 0
  for (const sign of text) {
    const end = at + sign.length
    if (!BETWEEN.test(sign)) {
      const plain = sign.normalize('NFKC').toLowerCase()
      folded += plain
      for (let unit = 0; unit < plain.length; unit++) {
        from.push(at)
        until.push(end)
      }
    }
    at = end
  }
  return { folded, from, until }
}

/** Where something was taken out of an answer. */
export type Redaction = { question: string; row?: number; cell?: string; words: string[] }

/** Answers as a blind reviewer may read them: what identifies is gone, free texts lose the words given. */
export function redacted(
  form: Form,
  answers: Answers,
  words: readonly string[],
): { answers: Answers; redactions: Redaction[] } {
  const kept: Answers = {}
  const redactions: Redaction[] = []
  const read = (one: Part, value: unknown, place: Omit<Redaction, 'words'>): unknown => {
    if (typeof value !== 'string' || !['text', 'comment'].includes(typeOf(one))) return value
    const { text, hits } = redact(value, words)
    if (hits.length > 0) redactions.push({ ...place, words: [...new Set(hits.map(({ word }) => word))] })
    return text
  }
  for (const { question } of questionsOf(form)) {
    const { name } = question
    if (question.identifies || !Object.hasOwn(answers, name)) continue
    const parts = partsOf(question)
    const value = answers[name]
    if (parts.length === 0) kept[name] = read(question as Part, value, { question: name })
    else {
      const inRow = (row: Answers, index: number): Answers =>
        Object.fromEntries(
          parts.flatMap((part) =>
            part.identifies || !Object.hasOwn(row, part.name)
              ? []
              : [[part.name, read(part, row[part.name], { question: name, row: index + 1, cell: part.name })]],
          ),
        )
      kept[name] = Array.isArray(value)
        ? value.map(inRow)
        : Object.fromEntries(
            Object.entries(value as Record<string, Answers>).map(([key, row], index) => [key, inRow(row, index)]),
          )
    }
  }
  return { answers: kept, redactions }
}

/** The form without the questions that identify: told with it, a blind reader does not even see that they were asked. */
export function withoutIdentifying(form: Form): Form {
  const keep = <T extends object>(list: readonly T[]): T[] =>
    list.flatMap((one) => {
      if ((one as { identifies?: boolean }).identifies) return []
      const copy = { ...one } as Record<string, unknown>
      let emptied = false
      for (const key of ['elements', 'columns', 'templateElements']) {
        if (!Array.isArray(copy[key])) continue
        copy[key] = keep(copy[key])
        emptied ||= (copy[key] as unknown[]).length === 0
      }
      return emptied ? [] : [copy as T]
    })
  return { ...form, pages: keep(form.pages) }
}
