/**
 * Ballot secrecy, looked for where it could be lost: in every column of every table that the house can read, in the transactions that wrote the rows and
 * their places, in the audit trail and in what the server logs.
 */
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../server/app.ts'
import { hashPassword } from '../../access/index.ts'
import { type CasesHouse, openCasesHouse } from '../flow/cases.fixture.ts'
import { type Expert, experts, receipt, withPanel } from './panel.fixture.ts'

const CHOICES = ['aye', 'no', 'blank'] as const
type Vote = { account: string; applicationId: string; choice: (typeof CHOICES)[number]; receipt: string; hash: string }

let at: CasesHouse
let panelId: string
let votes: Vote[]
let logged = ''
beforeAll(async () => {
  const write = process.stderr.write
  const out = process.stdout.write
  const keep = (chunk: string | Uint8Array) => {
    logged += chunk.toString()
    return true
  }
  process.stderr.write = keep as typeof write
  process.stdout.write = keep as typeof out
  try {
    at = await openCasesHouse(4)
    const members = await experts(at, 7)
    const callId = await at.publish(withPanel())
    await at.apply(callId, 0, 0)
    await at.apply(callId, 1, 1)
    votes = await hold(callId, members)
  } finally {
    process.stderr.write = write
    process.stdout.write = out
  }
})
afterAll(() => at?.house.close())

async function hold(callId: string, members: Expert[]): Promise<Vote[]> {
  const office = await at.world.as('commission@district')
  const named = members.map(({ account }) => account)
  const { panelId: id } = await office.cases.convenePanel({
    callId,
    stage: 'panel',
    name: '会议',
    heldOn: '2023-03-10',
    named,
  })
  panelId = id
  const { revision } = await office.cases.panel({ panelId })
  await office.cases.openSitting({ panelId, revision, present: named })
  await office.cases.openVote({ panelId })
  await sql`update access.account set password_hash = ${await hashPassword('Secret-2023')}`.execute(at.house.owner)
  const app = await buildApp(at.house)
  const cast: Vote[] = []
  for (const [n, { account, as }] of members.entries()) {
    const { agenda } = await as.cases.myPanel({ panelId })
    const votes = await Promise.all(
      agenda.map(async ({ applicationId }, nth) => {
        const mine = receipt()
        const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(mine))).toString('hex')
        return { account, applicationId, choice: CHOICES[(n + nth) % 3]!, receipt: mine, hash }
      }),
    )
    const ballots = votes.map(({ applicationId, choice, receipt: mine }) => ({ applicationId, choice, receipt: mine }))
    const send = await postFrom(app, `expert-${account}`)
    expect(await send('castBallots', { panelId, ballots })).toBe(200)
    expect(await send('checkBallots', { panelId, receipts: ballots.map(({ choice: _, ...one }) => one) })).toBe(200)
    // What is refused, or makes no sense, is not told on either.
    expect(await send('castBallots', { panelId, ballots })).toBe(409)
    expect(await send('castBallots', { panelId, ballots: ballots.map((one) => ({ ...one, choice: 'both' })) })).toBe(
      400,
    )
    cast.push(...votes)
  }
  await office.cases.closeVote({ panelId })
  await office.cases.closePanel({ panelId })
  app.log.error('the end of the meeting')
  await app.close()
  return cast
}

/** Posts to the API over HTTP, as a browser does. */
async function postFrom(app: Awaited<ReturnType<typeof buildApp>>, login: string) {
  const headers = { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': login }
  const door = await app.inject({
    method: 'POST',
    url: '/rpc/access/signIn',
    headers,
    payload: { json: { login, password: 'Secret-2023' } },
  })
  const cookie = String(door.headers['set-cookie']).split(';')[0]!
  return async (name: string, input: object) =>
    (
      await app.inject({
        method: 'POST',
        url: `/rpc/cases/${name}`,
        headers: { ...headers, cookie },
        payload: { json: input },
      })
    ).statusCode
}

const all = async <R>(query: RawBuilder<R>): Promise<R[]> => (await query.execute(at.house.owner)).rows

describe('after a vote', () => {
  it('the count is right, so that there is something to hide', async () => {
    const rows = await all(
      sql<{ ayes: number; noes: number; blanks: number }>`select g.ayes, g.noes, g.blanks from cases.agenda g`,
    )
    expect(rows.toSorted((a, b) => a.ayes - b.ayes)).toEqual([
      { ayes: 2, noes: 3, blanks: 2 },
      { ayes: 3, noes: 2, blanks: 2 },
    ])
  })

  it('no row of any table names a voter beside a receipt or its hash, and receipts lie nowhere', async () => {
    const tables = await all(sql<{
      name: string
    }>`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'`)
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['cases.urn', 'cases.voted', 'audit.event', 'inbox.item']),
    )
    const withHashes: string[] = []
    for (const { name } of tables) {
      const rows = await all(sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`)
      for (const { row } of rows)
        for (const { account, receipt: mine, hash } of votes) {
          expect(row).not.toContain(mine)
          if (!row.includes(hash)) continue
          withHashes.push(name)
          expect(row).not.toContain(account)
        }
    }
    // Once for every ballot: in the urn, and in nothing else.
    expect(withHashes).toHaveLength(votes.length)
    expect(new Set(withHashes)).toEqual(new Set(['cases.urn']))
  })

  it('ballots lie in the order of their hashes, one row for a case', async () => {
    const urns = await all(sql<{ ballots: { receipt: string }[] }>`select u.ballots from cases.urn u`)
    expect(urns).toHaveLength(2)
    for (const { ballots } of urns) {
      const order = ballots.map(({ receipt }) => receipt)
      expect(order).toEqual(order.toSorted())
      expect(Object.keys(ballots[0]!).toSorted()).toEqual(['ballot', 'receipt'])
    }
  })

  it('no transaction and no place of a row joins a voter to a ballot or tells who came when', async () => {
    const written = (table: string) =>
      all(sql<{ xmin: string }>`select distinct t.xmin::text as xmin from ${sql.raw(table)} t`)
    const [voted, urn, trail] = [
      await written('cases.voted'),
      await written('cases.urn'),
      await all(
        sql<{ xmin: string }>`select e.xmin::text as xmin from audit.event e where e.action = 'cases.ballots_cast'`,
      ),
    ]
    // All of it was written again by the count, in one transaction that is nobody's ballot.
    expect(voted).toHaveLength(1)
    expect(urn).toEqual(voted)
    expect(trail).toHaveLength(7)
    expect(trail.map(({ xmin }) => xmin)).not.toContain(voted[0]!.xmin)
    const places = await all(
      sql<{ id: string }>`select v.account_id as id from cases.voted v order by v.application_id, v.ctid`,
    )
    const inOrder = (ids: string[]) => expect(ids).toEqual(ids.toSorted())
    inOrder(places.slice(0, 7).map(({ id }) => id))
    inOrder(places.slice(7).map(({ id }) => id))
  })

  it('the trail says that somebody voted in the meeting, and nothing of what', async () => {
    const entries = await all(sql<{ action: string; row: string }>`select e.action, e::text as row from audit.event e
      where e.action in ('cases.ballots_cast', 'cases.castBallots', 'cases.checkBallots')`)
    expect(entries.filter(({ action }) => action === 'cases.ballots_cast')).toHaveLength(7)
    for (const { row } of entries) {
      expect(row).not.toMatch(/aye|blank|"no"|choice|receipt/)
      for (const { applicationId } of votes) expect(row).not.toContain(applicationId)
    }
  })

  it('nothing was logged of a ballot or a receipt', () => {
    expect(logged).toContain('the end of the meeting')
    for (const { receipt: mine, hash } of votes) {
      expect(logged).not.toContain(mine)
      expect(logged).not.toContain(hash)
    }
  })

  it('the urn is closed to the application, and a receipt opens only one’s own ballot', async () => {
    await expect(sql`select from cases.urn`.execute(at.house.db)).rejects.toThrow(/permission denied/)
    const stranger = await experts(at, 1)
    const { applicationId, receipt: mine } = votes[0]!
    await expect(
      stranger[0]!.as.cases.checkBallots({ panelId, receipts: [{ applicationId, receipt: mine }] }),
    ).rejects.toMatchObject({ data: { kind: 'not_found' } })
  })
})
