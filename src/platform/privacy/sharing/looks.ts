/** Who of the offices looked: noted once a viewer and day when a page is opened, and told to whom it was about. */
import { sql } from 'kysely'
import { actFor, type House, type SignedIn } from '../../access/index.ts'
import { type Act, isGone } from '../../db/index.ts'

type Look = { actor: SignedIn; permission: string; personIds: readonly string[]; what: string }

/** What waits to be written, by house: a read has no transaction to write in, and must not wait for a second connection while it holds one. */
const queues = new WeakMap<House, { waiting: Look[]; writing: Promise<void> | null }>()
const AGAIN_AFTER = 1_000
const MOST_WAITING = 10_000

/**
 * Notes that somebody opened these people's data; it is written right after. Only people in sight count, and never oneself.
 * @param permission under which they were opened
 * @param what `records.person`: what was opened, worded under `looks.records.person`
 */
export function noteLooks(
  house: House,
  actor: SignedIn | null,
  permission: string,
  personIds: readonly string[],
  what: string,
): void {
  if (!actor || personIds.every((id) => id === actor.person)) return
  const queue = queues.get(house) ?? { waiting: [], writing: null }
  queues.set(house, queue)
  if (queue.waiting.length < MOST_WAITING) queue.waiting.push({ actor, permission, personIds, what })
  queue.writing ??= write(house, queue.waiting).finally(() => {
    queue.writing = null
  })
}

/** Once everything noted so far is written. */
export const looksWritten = (house: House): Promise<void> => queues.get(house)?.writing ?? Promise.resolve()

async function write(house: House, waiting: Look[]): Promise<void> {
  for (let tries = 0; waiting.length > 0; ) {
    const look = waiting[0]!
    try {
      await keep(house, look)
    } catch (error) {
      // Without the database it waits for it; a look that cannot be written otherwise must not keep the others.
      if (isGone(error) && ++tries < 60) {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER).unref())
        continue
      }
    }
    waiting.shift()
    tries = 0
  }
}

/** One statement, whatever the number of people. */
const keep = (house: House, { actor, permission, personIds, what }: Look) =>
  actFor(house, actor, permission, (act) =>
    sql`insert into privacy.look (person_id, day, account_id, what, name, org_id, at)
      select p.id, db.today(), db.account(), ${what}, ${act.actor.name}, (select a.org_id from access.account a where a.id = db.account()), db.now()
      from directory.person p where p.id = any (${[...personIds]}::uuid[]) and p.id is distinct from db.actor_person()
      on conflict do nothing`.execute(act.tx),
  )

type Seen = { at: string; name: string; orgName: string | null; what: string; purpose: string | null }

/** By pages opened and by sealed things shown in full; the latest first, of a year. */
export async function looksAt<T>(act: Act<T>, reveals: readonly string[]): Promise<Seen[]> {
  const { rows } = await sql<Seen>`select x.at, x.name, x.org_name, x.what, x.purpose from (
      select l.at, l.name, o.short_name as org_name, l.what, null::text as purpose
      from privacy.look l left join directory.organisation o on o.id = l.org_id
      where l.person_id = db.self() and l.day > db.today() - 366
      union all
      select e.at, e.actor, null, e.action, e.after ->> 'purpose' from audit.event e
      where e.about_person = db.self() and e.action = any (${[...reveals]}::text[]) and e.account_id is distinct from db.account()
        and e.at > db.now() - interval '366 days'
    ) x order by x.at desc limit 500`.execute(act.tx)
  return rows
}
