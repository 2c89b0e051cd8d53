/** For tests of the roster: a district with its people, real workers for the background reading, and workbooks made of rows. */
import { type CellValue, Workbook } from '@cj-tech-master/excelts'
import { sql } from 'kysely'
import { openTestHouse } from '../../../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../../../test/harness/world.ts'
import { idNumberCheck } from '../../../../base/id-number.ts'
import { actFor, actorOfAccount, type House, Permissions } from '../../../../platform/access/index.ts'
import type { Act } from '../../../../platform/db/index.ts'
import { prepareJobs, runOf, startWorkers } from '../../../../platform/jobs/index.ts'
import { workbookFile } from '../../../../platform/sheets/index.ts'
import type { OpenHouse } from '../../../../server/house.ts'
import { recordsPermissions } from '../../index.ts'
import { recordsJobs } from '../../jobs.ts'
import { applyRoster, type Outcome } from './apply.ts'
import { checkRoster, importOf, type Preview } from './imports.ts'

export const HEADERS = [
  '姓名',
  '身份证件类型',
  '身份证件号码',
  '性别',
  '出生日期',
  '教职工号',
  '学校',
  '教职工类别',
  '编制/合同',
  '参加工作日期',
  '入校日期',
  '任教学段',
  '任教学科',
  '职称',
  '职务/岗位',
] as const
export type Header = (typeof HEADERS)[number]
export type RowOf = Partial<Record<Header, CellValue>>

/** An identity number that does not exist: the region 110105, born on the day, the sex by the parity of `order`. */
export function idOf(birth: string, order: number): string {
  const digits = `110105${birth.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  return digits + idNumberCheck(digits)
}

/** A row that is right: a new teacher of primary school. */
export const newcomer = (n: number, change: RowOf = {}): RowOf => ({
  姓名: `新教师${n}`,
  身份证件类型: '居民身份证',
  身份证件号码: idOf('1990-05-17', n),
  教职工号: `N${n}`,
  学校: '第一小学',
  教职工类别: '专任教师',
  '编制/合同': '在编',
  参加工作日期: '2012-09-01',
  入校日期: '2015-09-01',
  任教学段: '小学',
  任教学科: '语文、数学',
  职称: '二级教师',
  '职务/岗位': '班主任',
  ...change,
})

/** The workbook of rows, with the columns that any of them has. */
export async function sheetOf(
  rows: readonly RowOf[],
  headers: readonly Header[] = HEADERS.filter((header) => rows.some((row) => header in row)),
): Promise<File> {
  const book = new Workbook()
  const page = book.addWorksheet('名册')
  page.addRow([...headers])
  for (const row of rows) page.addRow(headers.map((header) => row[header] ?? null))
  return workbookFile(new Uint8Array(await book.xlsx.writeBuffer()), '名册.xlsx')
}

export type Desk = {
  house: OpenHouse
  world: World
  /** Acts as an account of the world, `clerk@0`, under a permission. */
  as<R>(who: string, work: (act: Act) => Promise<R>, permission?: string): Promise<R>
  /** Sends a roster in and waits until it has been read; the run's error is thrown. */
  check(who: string, file: File): Promise<Preview>
  /** Waits for a run of the background and gives its result; its error is thrown. */
  finished(who: string, runId: string): Promise<unknown>
  /** Applies what was checked. */
  apply(who: string, importId: string): Promise<Outcome>
  /** Checks and applies; throws when anything is faulty. */
  bring(who: string, ...rows: RowOf[]): Promise<Preview>
  /** Rows of every table that a roster may touch, and of the audit trail. */
  counts(): Promise<Record<string, number>>
  close(): Promise<void>
}

export async function openDesk(perSchool = 2): Promise<Desk> {
  const house = await openTestHouse()
  const world = await buildWorld(house, perSchool)
  const permissions = new Permissions(recordsPermissions)
  const records: House = { ...house, permissions }
  const enter = async (account: string | null, permission: string, work: (act: Act) => Promise<unknown>) =>
    actFor(records, (await actorOfAccount(house.db, account!))!, permission, work)
  await prepareJobs(house.databaseUrl, recordsJobs)
  const troubles: unknown[] = []
  const workers = await startWorkers<House>({
    url: house.databaseUrl,
    house: records,
    jobs: recordsJobs,
    enter: enter as never,
    onError: (error) => troubles.push(error),
    tuning: { pollSeconds: 0.5, retryDelaySeconds: 0 },
  })
  const as: Desk['as'] = (who, work, permission = 'records.import') =>
    enter(world.accounts[who] ?? who, permission, work) as never
  const check: Desk['check'] = async (who, file) => {
    const { runId } = await as(who, (act) => checkRoster(act, records, file))
    const { importId } = (await finished(who, runId)) as { importId: string }
    return as(who, (act) => importOf(act, importId))
  }
  const finished: Desk['finished'] = async (who, runId) => {
    for (;;) {
      const run = await as(who, (act) => runOf(act, runId))
      if (run.state === 'done') return run.result
      if (run.state === 'failed' || run.state === 'cancelled')
        throw Object.assign(new Error(run.error?.code ?? run.state, { cause: troubles.at(-1) }), {
          code: run.error?.code ?? run.state,
          data: run.error?.data,
        })
      await new Promise((done) => setTimeout(done, 20))
    }
  }
  return {
    house,
    world,
    as,
    check,
    finished,
    apply: (who, importId) => as(who, (act) => applyRoster(act, importId)),
    bring: async (who, ...rows) => {
      const preview = await check(who, await sheetOf(rows))
      await as(who, (act) => applyRoster(act, preview.importId))
      return as(who, (act) => importOf(act, preview.importId))
    },
    counts: async () => {
      const tables = [
        'directory.person',
        'directory.employment',
        'records.service',
        'records.teaching',
        'records.title',
        'records.post',
        'access.account',
        'access.assignment',
        'audit.event',
      ]
      const { rows } = await sql<{ name: string; n: number }>`${sql.join(
        tables.map((name) => sql`select ${sql.lit(name)} as name, (select count(*)::int from ${sql.table(name)}) as n`),
        sql` union all `,
      )}`.execute(house.owner)
      return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
    },
    close: async () => {
      await workers.stop()
      await house.close()
    },
  }
}

/** The code of the refusal that the work ends in, `done` where it does not. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    const { code } = error as { code?: string }
    if (!code) throw error
    return code
  }
}
