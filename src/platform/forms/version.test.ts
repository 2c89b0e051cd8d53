import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Scratch, scratch } from '../../../test/harness/scratch.ts'
import { application } from './application.fixture.ts'
import { formOf, formVersion, keepForm } from './version.ts'

let base: Scratch
beforeAll(async () => {
  base = await scratch()
})
afterAll(() => base?.drop())

test('a version is the content, whatever the order of its keys', () => {
  const { title, pages } = application
  expect(formVersion({ pages, title })).toBe(formVersion(application))
  expect(formVersion(JSON.parse(JSON.stringify(application)))).toBe(formVersion(application))
  expect(formVersion({ title, pages: pages.toReversed() })).not.toBe(formVersion(application))
})
test('a form is kept once, found by its version, and cannot be changed', async () => {
  const version = await base.as({}, (act) => keepForm(act, application))
  expect(await base.as({}, (act) => keepForm(act, structuredClone(application)))).toBe(version)
  const form = await base.as({ readOnly: true }, (act) => formOf(act, version))
  expect(form).toEqual(application)
  expect(() => Object.assign(form.pages[0]!, { name: 'other' })).toThrow()
  for (const change of [sql`update forms.form set definition = '{}'`, sql`delete from forms.form`]) {
    await expect(base.as({}, (act) => change.execute(act.tx))).rejects.toThrow()
    await expect(change.execute(base.owner)).rejects.toThrow()
  }
})
test('a form that is not in order is not kept; a version that nobody kept is not found', async () => {
  await expect(base.as({}, (act) => keepForm(act, { pages: [] }))).rejects.toMatchObject({
    code: 'forms.not_fit',
    data: { problems: [{ path: 'pages' }] },
  })
  await expect(base.as({}, (act) => formOf(act, '0'.repeat(64)))).rejects.toMatchObject({ kind: 'not_found' })
})
