/** One answer against its question: its shape, its length and, where the form is handed in, what it says. */
import { isCivilDate } from '../../../base/dates.ts'
import type { Bilingual } from '../contract.ts'
import { type Choice, MOST, type Question } from '../language/schema.ts'
import { type Part, typeOf } from '../language/walk.ts'
import { type Key, both as say } from '../words.ts'

/** The answer as it is kept, or what is wrong. A wrong answer may be kept in a draft: then both are there. */
export type Fit = { value?: unknown; wrong?: { key: Key; values?: Record<string, string | number> } }

type Asked = Record<string, unknown> & { choices?: Choice[] }

/** `undefined` as value where nothing was answered. */
export function fitAnswer(one: Question | Part, given: unknown): Fit {
  if (given === null || given === undefined || given === '') return {}
  const asked = one as unknown as Asked
  switch (typeOf(one)) {
    case 'text':
      return asked.inputType === 'number' ? fitNumber(asked, given) : fitLine(asked, given)
    case 'comment':
      return fitText(given, (asked.maxLength as number | undefined) ?? MOST.textUnsaid, true)
    case 'boolean':
      return typeof given === 'boolean' ? { value: given } : { wrong: { key: 'answer.shape' } }
    case 'rating': {
      const { rateMin = 1, rateMax = 5 } = asked as { rateMin?: number; rateMax?: number }
      if (!Number.isInteger(given)) return { wrong: { key: 'answer.shape' } }
      const value = given as number
      return value >= rateMin && value <= rateMax ? { value } : { wrong: { key: 'answer.choice' } }
    }
    case 'checkbox':
      return fitSeveral(asked, given)
    default: {
      const chosen = chosenOf(asked.choices ?? [], given)
      return chosen === undefined ? { wrong: { key: 'answer.choice' } } : { value: chosen }
    }
  }
}

/** Choices of one value are told apart as survey-core does: 1 and "1" are the same. */
const chosenOf = (choices: readonly Choice[], given: unknown): string | number | undefined =>
  typeof given === 'string' || typeof given === 'number'
    ? choices.find(({ value }) => String(value) === String(given))?.value
    : undefined

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f]/g

/** What PostgreSQL cannot keep, and what nobody sees, is left out: control characters, halves of characters. */
const clean = (text: string): string => text.toWellFormed().replaceAll('\r\n', '\n').replaceAll(UNSEEN, '')

function fitText(given: unknown, most: number, lines: boolean): Fit {
  if (typeof given !== 'string') return { wrong: { key: 'answer.shape' } }
  // A line break counts one here and in the browser. Ten times too long is not typed: it is not kept.
  if (given.length > most * 10 + 1000) return { wrong: { key: 'answer.too_long', values: { most, n: given.length } } }
  const value = lines ? clean(given) : clean(given).replaceAll(/[\n\t]/g, ' ')
  if (value === '') return {}
  return value.length > most
    ? { value, wrong: { key: 'answer.too_long', values: { most, n: value.length } } }
    : { value }
}

function fitLine(asked: Asked, given: unknown): Fit {
  const found = fitText(given, (asked.maxLength as number | undefined) ?? MOST.lineUnsaid, false)
  if (found.wrong || found.value === undefined) return found
  const value = found.value as string
  const bad = (key: Key, values: Record<string, string> = {}): Fit => ({ value, wrong: { key, values } })
  switch (asked.inputType) {
    case 'date':
    case 'month': {
      if (!isCivilDate(asked.inputType === 'date' ? value : `${value}-01`)) return bad(`answer.${asked.inputType}`)
      if (asked.min !== undefined && value < (asked.min as string))
        return bad('answer.not_before', { least: String(asked.min) })
      if (asked.max !== undefined && value > (asked.max as string))
        return bad('answer.not_after', { most: String(asked.max) })
      return { value }
    }
    case 'email':
      return /^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(value) ? { value } : bad('answer.email')
    case 'tel':
      return /^\+?[\d() -]{5,24}$/.test(value) ? { value } : bad('answer.tel')
    default:
      return { value }
  }
}

function fitNumber(asked: Asked, given: unknown): Fit {
  if (typeof given !== 'number' && typeof given !== 'string') return { wrong: { key: 'answer.shape' } }
  const text = String(given).trim()
  const value = Number(text)
  // A number as people write it; neither 0x10 nor 1e400.
  if (!/^-?\d{1,15}(\.\d{1,9})?$/.test(text) || !Number.isFinite(value))
    return text.length > 30
      ? { wrong: { key: 'answer.number' } }
      : { value: clean(text), wrong: { key: 'answer.number' } }
  const { min, max, step } = asked as { min?: number; max?: number; step?: number }
  if (min !== undefined && value < min) return { value, wrong: { key: 'answer.least', values: { least: min } } }
  if (max !== undefined && value > max) return { value, wrong: { key: 'answer.most', values: { most: max } } }
  if (step !== undefined && !isMultiple(value - (min ?? 0), step))
    return { value, wrong: { key: 'answer.step', values: { step } } }
  return { value }
}

/** 0.3 is a multiple of 0.1, whatever binary fractions make of it. */
const isMultiple = (value: number, step: number): boolean => {
  const times = value / step
  return Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times))
}

function fitSeveral(asked: Asked, given: unknown): Fit {
  const choices = asked.choices ?? []
  if (!Array.isArray(given) || given.length > choices.length) return { wrong: { key: 'answer.shape' } }
  const chosen = given.map((one) => chosenOf(choices, one))
  if (chosen.includes(undefined)) return { wrong: { key: 'answer.choice' } }
  const some = new Set(chosen)
  const value = choices.map((choice) => choice.value).filter((one) => some.has(one))
  const { minSelectedChoices: least = 0, maxSelectedChoices: most = choices.length } = asked as Record<string, number>
  if (value.length === 0) return {}
  if (value.length < least) return { value, wrong: { key: 'answer.choose_least', values: { least } } }
  if (most > 0 && value.length > most) return { value, wrong: { key: 'answer.choose_most', values: { most } } }
  return { value }
}

/** Says what is wrong with the question of this title. */
export const worded = (wrong: NonNullable<Fit['wrong']>, title: Bilingual): Bilingual =>
  say(wrong.key, { ...wrong.values, title })
