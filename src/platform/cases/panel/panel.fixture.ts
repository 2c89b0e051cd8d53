/** A call with a panel, cases before it and experts who can sit: for tests of meetings and of what follows. */
import { sql } from 'kysely'
import { newId } from '../../../base/ids.ts'
import type { Caller } from '../../../server/caller.ts'
import type { Definition } from '../contract/definition.ts'
import { type CasesHouse, simple } from '../flow/cases.fixture.ts'

const both = (zh: string) => ({ zh, en: zh })
const commission = { role: 'commission', at: 'district' } as const

/** Panel, decision, filing; two thirds of three members, so that little is needed. */
export const withPanel = (panel: object = {}, over: Partial<Record<keyof Definition, unknown>> = {}): Definition =>
  simple({
    stages: [
      {
        id: 'panel',
        title: both('评委会评审'),
        kind: 'panel',
        by: commission,
        seats: 3,
        odd: true,
        attendance: [2, 3],
        pass: [2, 3],
        ...panel,
      },
      { id: 'decide', title: both('审定'), kind: 'decide', by: commission },
      { id: 'file', title: both('归档'), kind: 'file', by: commission },
    ],
    ...over,
  })

export type Expert = { account: string; as: Caller }

/** Accounts with the role of an expert, in the pool of the district. */
export async function experts(
  at: CasesHouse,
  count: number,
  of: { personId?: string; employer?: string; account?: string } = {},
): Promise<Expert[]> {
  const { owner } = at.house
  const { district, as } = at.world
  const made: Expert[] = []
  for (let n = 0; n < count; n++) {
    const account = of.account ?? newId()
    if (!of.account) await openAccount(at, account, n)
    await sql`insert into cases.expert (account_id, person_id, org_id, org_path, name, employer, fields)
      values (${account}, ${of.personId ?? null}, ${district.id}, ${district.path}::ltree, ${`专家${n}`}, ${of.employer ?? '测试大学'}, '{"语文": 2}')`.execute(
      owner,
    )
    made.push({ account, as: await as(account) })
  }
  return made
}

async function openAccount({ house: { owner }, world: { district } }: CasesHouse, account: string, n: number) {
  await sql`insert into access.account (id, login, name, person_id, org_id, org_path)
    values (${account}, ${`expert-${account}`}, ${`专家${n}`}, null, ${district.id}, ${district.path}::ltree)`.execute(
    owner,
  )
  await sql`insert into access.assignment (account_id, id, role, org_id, org_path)
    values (${account}, ${newId()}, 'expert', ${district.id}, ${district.path}::ltree)`.execute(owner)
}

export const receipt = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex')

/** Everybody votes the same on everything that is open to them. */
export async function voteAll(members: readonly Expert[], panelId: string, choice: 'aye' | 'no' | 'blank') {
  for (const { as } of members) {
    const { agenda } = await as.cases.myPanel({ panelId })
    const ballots = agenda
      .filter(({ state, recused, voted }) => state === 'voting' && !recused && !voted)
      .map(({ applicationId }) => ({ applicationId, choice, receipt: receipt() }))
    if (ballots.length > 0) await as.cases.castBallots({ panelId, ballots })
  }
}
