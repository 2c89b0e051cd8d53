/** What the form of a set finds wrong, at the deepest place and in the words of whoever fills it in. */
import type { z } from 'zod'
import type { Bilingual } from '../contract.ts'
import { inChinese } from '../yaml-file.ts'

export type Issue = z.core.$ZodIssue

/** Of something that can take several forms, what is wrong with it in the form that it has. */
export function deepest(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const [likest] = issue.errors.toSorted((a, b) => strangeness(a) - strangeness(b))
  return likest!.flatMap((one) => deepest({ ...one, path: [...issue.path, ...one.path] }))
}

/** How little something is of a form: keys that the form does not know, and keys that it lacks. */
const strangeness = (issues: readonly Issue[]): number =>
  issues.reduce((sum, { code, path, ...issue }) => {
    if (code === 'unrecognized_keys' && path.length === 0) return sum + 10 * (issue as { keys: string[] }).keys.length
    return sum + (code === 'invalid_type' && path.length === 1 ? 1 : 0)
  }, 0)

const EMPTY: Bilingual = { zh: '请填写', en: 'fill this in' }

/** @param given what stands at the place */
export function worded(issue: Issue, given: unknown): Bilingual {
  if (given === undefined || given === '') return EMPTY
  if (issue.code === 'too_small' && issue.origin === 'array')
    return { zh: '至少要有一项', en: 'at least one is needed' }
  if (issue.code === 'invalid_format' && issue.format === 'regex')
    return {
      zh: '编号以小写英文字母开头，只用小写英文字母、数字和下划线',
      en: 'an identifier begins with a small letter and has only small letters, digits and underscores',
    }
  return { zh: inChinese(issue), en: issue.message }
}
