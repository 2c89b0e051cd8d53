/** Facts that hold from a day on: each ends what held before, and stays on record. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../../../test/harness/world.ts'
import { type RecordsDistrict, recordsDistrict } from './records.fixture.ts'

let house: RecordsDistrict['house']
let as: RecordsDistrict['as']
let teacher: RecordsDistrict['teacher']
let published: RecordsDistrict['published']
beforeAll(async () => {
  ;({ house, as, teacher, published } = await recordsDistrict())
})
afterAll(() => house?.close())

describe('dated facts', () => {
  it('end what held before on the day and keep it on record', async () => {
    const { id: personId } = await teacher()
    const clerk = await as('clerk@0')
    await clerk.setTeaching({
      personId,
      from: '2022-09-01',
      teaching: [
        { stage: '2', subject: '14' },
        { stage: '2', subject: '15' },
      ],
    })
    await clerk.setTitle({ personId, from: '2015-12-01', title: 'level_2' })
    await clerk.setTitle({ personId, from: '2021-12-01', title: 'level_1' })
    await clerk.setPosts({ personId, from: '2020-09-01', posts: ['class_teacher'] })
    await clerk.setPosts({ personId, from: '2022-09-01', posts: ['grade_leader', 'class_teacher'] })
    await clerk.setPosts({ personId, from: '2023-02-01', posts: ['grade_leader'] })
    const { teachings, titles, postHistory } = await clerk.person({ personId })
    const spans = (rows: { from: string | null; until: string | null }[], name: (row: never) => string) =>
      rows.map((row) => `${name(row as never)} ${row.from}–${row.until ?? ''}`).sort()
    expect(spans(teachings, ({ subject }: { subject: string }) => subject)).toEqual([
      '14 2010-09-01–',
      '15 2022-09-01–',
    ])
    expect(spans(titles, ({ code }: { code: string }) => code)).toEqual([
      'level_1 2021-12-01–',
      'level_2 2015-12-01–2021-12-01',
    ])
    expect(spans(postHistory, ({ code }: { code: string }) => code)).toEqual([
      'class_teacher 2020-09-01–2023-02-01',
      'grade_leader 2022-09-01–',
    ])
    const { rows } = await sql<{ before: unknown; after: unknown }>`select e.before, e.after from audit.event e
      where e.about_person = ${personId} and e.action = 'records.posts_set' order by e.id desc limit 1`.execute(
      house.owner,
    )
    expect(rows).toEqual([
      { before: { posts: ['class_teacher', 'grade_leader'] }, after: { from: '2023-02-01', posts: ['grade_leader'] } },
    ])
  })

  it('set twice on one day, only the last holds', async () => {
    const { id: personId } = await teacher()
    const clerk = await as('clerk@0')
    await clerk.setTitle({ personId, from: '2022-12-01', title: 'senior' })
    await clerk.setTitle({ personId, from: '2022-12-01', title: 'level_1' })
    expect((await clerk.person({ personId })).titles).toMatchObject([
      { code: 'level_1', from: '2022-12-01', until: null },
    ])
  })

  it('set for an earlier day, replace what was to begin later', async () => {
    const { id: personId } = await teacher()
    const clerk = await as('clerk@0')
    await clerk.setPosts({ personId, from: '2023-09-01', posts: ['class_teacher'] })
    expect((await published(personId))?.posts).toEqual([])
    await clerk.setPosts({ personId, from: '2023-03-01', posts: ['class_teacher'] })
    expect((await published(personId))?.posts).toEqual(['class_teacher'])
    expect((await clerk.person({ personId })).postHistory).toMatchObject([{ from: '2023-03-01', until: null }])
  })

  it('said to go on, go on without end', async () => {
    const { id: personId } = await teacher()
    const clerk = await as('clerk@0')
    await clerk.setPosts({ personId, from: '2022-09-01', posts: ['class_teacher'] })
    await clerk.setPosts({ personId, from: '2023-09-01', posts: [] })
    await clerk.setPosts({ personId, from: '2023-02-01', posts: ['class_teacher'] })
    expect((await clerk.person({ personId })).postHistory).toMatchObject([{ from: '2022-09-01', until: null }])
  })

  it('honours are awarded by the district, held until their end, and not twice at once', async () => {
    const { id: personId } = await teacher()
    const trainer = await as('trainer@district')
    expect(
      await refusalOf(
        (await as('clerk@0')).awardHonour({
          personId,
          code: 'district_backbone',
          level: '43',
          awardedOn: '2022-12-01',
        }),
      ),
    ).toBe('forbidden access.forbidden')
    const { id: honourId } = await trainer.awardHonour({
      personId,
      code: 'district_backbone',
      level: '43',
      awardedOn: '2022-12-01',
    })
    expect(
      await refusalOf(
        trainer.awardHonour({ personId, code: 'district_backbone', level: '43', awardedOn: '2023-01-01' }),
      ),
    ).toBe('refused records.honour_held')
    expect(
      await refusalOf(trainer.awardHonour({ personId, code: 'special_grade', level: '23', awardedOn: '2023-03-02' })),
    ).toBe('invalid records.in_future')
    expect((await published(personId))?.honours).toEqual(['district_backbone'])
    await trainer.endHonour({ personId, honourId, on: '2023-03-01' })
    expect((await published(personId))?.honours).toEqual([])
    expect((await trainer.person({ personId })).honours).toMatchObject([
      { name: '区级骨干教师', from: '2022-12-01', until: '2023-03-01' },
    ])
    expect(
      await refusalOf(
        (await as('trainer@other')).awardHonour({ personId, code: 'other', level: '43', awardedOn: '2022-12-01' }),
      ),
    ).toBe('not_found not_found')
  })
})
