/** Whatever can happen to a case has words for the applicant, as it has for offices. */
import { expect, it } from 'vitest'
import en from '../../messages/en.json' with { type: 'json' }
import zh from '../../messages/zh-CN.json' with { type: 'json' }

const actsIn = (catalog: object, room: string) =>
  Object.keys(catalog).flatMap((key) => (key.startsWith(`${room}.act.`) ? [key.slice(`${room}.act.`.length)] : []))

it.each([
  ['zh-CN', zh],
  ['en', en],
])('%s', (_locale, catalog) => {
  const told = actsIn(catalog, 'applications')
  expect(actsIn(catalog, 'office').filter((act) => !told.includes(act))).toEqual([])
})
