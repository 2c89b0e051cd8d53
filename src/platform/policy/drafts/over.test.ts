/** What a draft may do over a higher authority: no figure and no rule is loosened without the clause that permits it, saved, submitted or adopted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf, type World } from '../../../../test/harness/world.ts'
import type { Caller } from '../../../server/caller.ts'
import { facts } from '../../../server/modules.ts'
import { loadOrKeep, loadPacks, parameters } from '../index.ts'
import { type DraftHouse, openDraftHouse } from './drafts.fixture.ts'

const YEARS = 'title.senior.years'
const LOWER = { doctor: 1, bachelor: 5, associate: 5 }
const TOTAL = 'training.credit.cycle_total'
const BASIS = { document: '关于做好职称评审工作的通知', number: '测人社〔2023〕1号', article: '第三条' }
const LEAVE = { document: '关于下放评审权限的批复', number: '渝人社〔2023〕2号', article: '第一条' }
const DAY = '2023-09-01'

let at: DraftHouse
let world: World
let trainer: Caller['policy']
let commission: Caller['policy']
beforeAll(async () => {
  at = await openDraftHouse(1)
  ;({ world, trainer, commission } = at)
})
afterAll(() => at?.close())

type Figures = Parameters<Caller['policy']['createDraft']>[0]['parameters']
const make = (figures: Figures = {}, from = DAY) =>
  trainer.createDraft({ orgId: world.district.id, title: '改一改', from, basis: BASIS, parameters: figures })
const adopted = async ({ draftId, revision }: { draftId: string; revision: number }) =>
  commission.adoptDraft({ draftId, ...(await trainer.submitDraft({ draftId, revision })) })
const withFiles: DraftHouse['withFiles'] = (...written) => at.withFiles(...written)
const load = () => loadPacks(at.house.owner, facts, at.folder)

describe('a figure that the authority above does not leave open', () => {
  it('is refused without permission, named with what to do, and adopted with it', async () => {
    await expect(make({ [YEARS]: { value: LOWER } })).rejects.toMatchObject({
      data: {
        code: 'policy.draft_not_left_open',
        parameter: { id: YEARS, zh: expect.stringContaining('申报高级教师须任一级教师年限') },
        authority: { id: 'national', zh: '国家' },
        below: 'raise',
        since: '2015-08-28',
        needs: [{ id: YEARS, title: { zh: '申报高级教师须任一级教师年限' }, authority: 'national', below: 'raise' }],
      },
    })
    const made = await make({ [YEARS]: { value: LOWER, permission: LEAVE } })
    const read = await trainer.draft(made)
    expect(read.parameters).toMatchObject([{ id: YEARS, permission: LEAVE, needs: null }])
    const bare = { draftId: made.draftId, revision: 1, parameters: { [YEARS]: { value: LOWER } } }
    expect(await refusalOf(trainer.saveDraft(bare))).toBe('refused policy.draft_not_left_open')
    await adopted(made)
    const found = await at.everywhere(async (act) => (await parameters(act, 'qianjiang')).value(YEARS, DAY))
    expect(found).toMatchObject({ value: LOWER, authority: 'qianjiang' })
    const page = await trainer.parameter({ id: YEARS, orgId: world.district.id })
    expect(page.declarations.find(({ authority }) => authority === 'qianjiang')).toMatchObject({ permission: LEAVE })
    // What was permitted stays permitted while its value holds, also when a later draft needs no permission.
    await adopted(await make({ [YEARS]: { value: { doctor: 2, bachelor: 6, associate: 6 } } }, '2024-09-01'))
    expect((await load()).length).toBeGreaterThan(5)
  })

  it('may be made stricter without', async () => {
    expect(await refusalOf(make({ [YEARS]: { value: { doctor: 3, bachelor: 6, associate: 6 } } }))).toBe('done')
  })

  it('is found when what is above changed after it was saved, and waits for its permission', async () => {
    const made = await make({ [TOTAL]: { value: 110 } })
    await withFiles(
      {
        'chongqing/parameters/training.yaml': (text) =>
          text.replace(`id: ${TOTAL}\n`, `id: ${TOTAL}\n    below: raise\n`),
      },
      async () => {
        await load()
        const [figure] = (await trainer.draft(made)).parameters
        expect(figure).toMatchObject({ permission: null, needs: { authority: 'chongqing', below: 'raise' } })
        expect(await refusalOf(trainer.renewDraft(made))).toBe('refused policy.draft_not_left_open')
        const stated = { [TOTAL]: { value: 110, permission: LEAVE } }
        const saved = await trainer.saveDraft({ ...made, parameters: stated })
        await adopted({ draftId: made.draftId, ...(await trainer.renewDraft({ ...made, ...saved })) })
      },
    )
  })

  it('and was adopted before keeps newer files from being loaded in silence', async () => {
    await adopted(await make({ 'training.credit.self_study_cap': { value: 10 } }))
    await withFiles(
      {
        'chongqing/parameters/training.yaml': (text) =>
          text.replace(
            'id: training.credit.self_study_cap\n',
            'id: training.credit.self_study_cap\n    below: fixed\n',
          ),
      },
      async () => {
        const problems = await loadOrKeep(at.house.owner, facts, at.folder)
        expect(problems).toMatchObject([
          { file: expect.stringMatching(/^qianjiang@/), path: 'training.credit.self_study_cap' },
        ])
        const told = await commission.refusedLoad()
        expect(told).toMatchObject({ problems: [{ zh: expect.stringContaining('不得更改') }] })
        expect(await refusalOf((await world.as('clerk@0')).policy.refusedLoad())).toBe('forbidden access.forbidden')
      },
    )
    expect(await commission.refusedLoad()).toBeNull()
  })
})

describe('a set over that of a higher authority', () => {
  type Written = {
    extends?: unknown
    versions: { applies?: string; needs: { all: { id?: string; exceptions?: unknown }[] } }[]
  }
  const SET = 'title.senior_full'
  const edit = async (made: { draftId: string }, change: (set: Written) => void) => {
    const copy = structuredClone((await trainer.draftSet({ ...made, set: SET })).declared) as Written
    change(copy)
    return copy
  }
  const wrong = (problem: object) => ({ data: { code: 'policy.draft_set_invalid', problems: [problem] } })

  it('needs permission in its place only where it is not provably as strict', async () => {
    const made = await make()
    const same = await edit(made, (set) => {
      set.extends = { how: 'replaces' }
    })
    const saved = await trainer.saveDraftSet({ ...made, declared: same })
    const looser = (permission?: object) =>
      edit(made, (set) => {
        set.extends = { how: 'replaces', ...(permission ? { permission } : {}) }
        set.versions[0]!.needs.all = set.versions[0]!.needs.all.filter(({ id }) => id !== 'below')
      })
    const refused = trainer.saveDraftSet({ ...made, ...saved, declared: await looser() })
    await expect(refused).rejects.toMatchObject(
      wrong({ path: 'extends.permission', condition: 'below', zh: expect.stringContaining('文件、文号、条款') }),
    )
    const again = await trainer.saveDraftSet({ ...made, ...saved, declared: await looser(LEAVE) })
    await adopted({ ...made, ...again })
  })

  it('beside it may not be about fewer people, nor contradict itself', async () => {
    const made = await make({}, '2022-01-01')
    const fewer = await edit(made, (set) => {
      set.extends = { how: 'tightens' }
      set.versions[0]!.applies = 'title.level == "level_2"'
    })
    await expect(trainer.saveDraftSet({ ...made, declared: fewer })).rejects.toMatchObject(
      wrong({ path: 'extends.permission', condition: null }),
    )
    const exception = (id: string, gives: string, when: string) => ({
      ...{ id, gives, when, clause: BASIS, says: { zh: id, en: id } },
    })
    const both = await edit(made, (set) => {
      set.versions[0]!.needs.all[0]!.exceptions = [
        exception('one', 'met', 'title.level == "level_2"'),
        exception('other', 'unmet', 'title.level != "level_1"'),
      ]
    })
    await expect(trainer.saveDraftSet({ ...made, declared: both })).rejects.toMatchObject(
      wrong({ condition: 'below', path: 'versions.0.needs.all.0.exceptions.1.when' }),
    )
  })

  it('is not loosened by a figure of its own either', async () => {
    const [id, set] = ['training.own.least', 'training.hours.cycle']
    const own = `requirements:
  - id: ${set}
    title: { zh: 学时, en: Hours }
    about: person
    extends: { how: replaces }
    versions:
      - { from: 2020-01-01, needs: { all: [{ id: more, says: { zh: 更多, en: More }, confidence: U, test: hours.cycle >= param.${id} }] } }
`
    const figure = `parameters:
  - id: ${id}
    title: { zh: 学时下限, en: Least hours }
    unit: hour
    values: [{ from: 2020-01-01, value: 400, confidence: U, note: 试 }]
`
    const files = { 'qianjiang/requirements/hours.yaml': () => own, 'qianjiang/parameters/hours.yaml': () => figure }
    await withFiles(files, async () => {
      await load()
      await expect(make({ [id]: { value: 300 } })).rejects.toMatchObject({
        data: {
          code: 'policy.draft_loosens',
          set: { id: set },
          conditions: expect.any(String),
          parameters: id,
          from: DAY,
        },
      })
      expect(await refusalOf(make({ [id]: { value: 420 } }))).toBe('done')
    })
  })
})
