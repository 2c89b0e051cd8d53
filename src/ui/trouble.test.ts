import { expect, test } from 'vitest'
import { Refusal, refused } from '../base/errors.ts'
import './i18n.tsx'
import { isSignedOut, troubleOf, wordTrouble } from './trouble.ts'
import { offerWords, placeWords } from './words.ts'

/** As a call fails: kind, code and the values of the message lie flat in `data`. */
const failed = (data: Record<string, unknown>, status = 422) => Object.assign(new Error('x'), { status, data })

placeWords('demo', 'zh-CN', { 'errors.demo.full': '名额已满：{class}', 'errors.late': '已过截止日期' })

test('a refusal of the server is worded by its module', async () => {
  const error = failed({ kind: 'refused', code: 'demo.full', class: '初中数学' })
  expect(await wordTrouble(error, 'zh-CN')).toEqual({ text: '名额已满：初中数学', reasons: [], kind: 'refused' })
})

test('a refusal of the platform is worded by the module that builds on it', async () => {
  placeWords('upper', 'zh-CN', { 'errors.lower.locked': '{year} 年度已锁定' })
  const error = failed({ kind: 'refused', code: 'lower.locked', year: 2023 })
  expect((await wordTrouble(error, 'zh-CN')).text).toBe('2023 年度已锁定')
})

test('a refusal thrown in the browser reads the same', async () => {
  expect((await wordTrouble(refused('demo.full', { class: '班主任' }), 'zh-CN')).text).toBe('名额已满：班主任')
})

test('days, instants and names in its data read as the language writes them', async () => {
  placeWords('when', 'zh-CN', { 'when.late': '{until}已截止，{on}起重新开放（{names}）' })
  const data = { until: '2023-03-10T16:00:00.000Z', on: '2023-03-12', names: ['张三', '李四'] }
  expect((await wordTrouble(refused('when.late', data), 'zh-CN')).text).toBe(
    '2023年3月11日 周六 00:00已截止，2023年3月12日起重新开放（张三、李四）',
  )
})

test('what is named in both languages is told in the one of the reader', async () => {
  for (const locale of ['zh-CN', 'en'] as const) placeWords('named', locale, { 'named.bad': '<{parameter}>' })
  const error = refused('named.bad', { parameter: { id: 'a.b', zh: '“下限”（a.b）', en: '“Floor” (a.b)' } })
  expect((await wordTrouble(error, 'zh-CN')).text).toBe('<“下限”（a.b）>')
  expect((await wordTrouble(error, 'en')).text).toBe('<“Floor” (a.b)>')
})

test('a catalog may use the bare code as its key', async () => {
  placeWords('bare', 'zh-CN', { 'bare.no_pack': '尚无参数包' })
  expect((await wordTrouble(refused('bare.no_pack'), 'zh-CN')).text).toBe('尚无参数包')
})

test('every reason is told, each once', async () => {
  const reasons = [{ code: 'demo.late' }, 'demo.late', { code: 'demo.full', data: { class: 'A' } }]
  const sentence = await wordTrouble(failed({ kind: 'refused', code: 'refused', reasons }), 'zh-CN')
  expect(sentence.text).toBe('不符合办理条件')
  expect(sentence.reasons).toEqual(['已过截止日期', '名额已满：A'])
})

test('an unknown code falls back to its kind, also when its catalog cannot be loaded', async () => {
  const broken = async () => Promise.reject(new TypeError('Failed to fetch'))
  offerWords('away', { 'zh-CN': broken, en: broken })
  expect((await wordTrouble(failed({ kind: 'conflict', code: 'away.changed' }), 'zh-CN')).text).toMatch(/刚被他人更新/)
  expect((await wordTrouble(failed({}, 404), 'zh-CN')).text).toMatch(/没有找到/)
})

test('a message whose values are missing gives way to the general sentence', async () => {
  expect((await wordTrouble(failed({ kind: 'refused', code: 'demo.full' }), 'zh-CN')).text).toBe('不符合办理条件')
})

test('a fault carries its number, a bad line is not a fault', async () => {
  expect((await wordTrouble(failed({ kind: 'fault', code: 'fault', id: '0199' }, 500), 'en')).id).toBe('0199')
  expect(troubleOf(new TypeError('Failed to fetch')).kind).toBe('offline')
  expect(troubleOf(new TypeError("Cannot read properties of undefined (reading 'x')")).kind).toBe('fault')
})

test('only a lost session asks to sign in again', () => {
  expect(isSignedOut(failed({ kind: 'unauthenticated', code: 'access.sign_in_first' }, 401))).toBe(true)
  expect(isSignedOut(new Refusal('forbidden', 'forbidden'))).toBe(false)
})
