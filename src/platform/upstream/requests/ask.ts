/** Whoever came from a provider and is nobody here yet says who they are; an office of their school is told, and they themselves. */
import { sql } from 'kysely'
import { invalid } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { House, RequestContext } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import type { Arrived } from '../contract.ts'
import { sha256 } from '../flow/attempt.ts'
import { asNobody } from '../flow/enter.ts'
import { notes } from '../links/link.ts'
import { openProvider } from '../providers/read.ts'

type There = { providerId: string; waiting: boolean; linked: boolean }

async function there(house: House, kept: string | undefined): Promise<There | undefined> {
  if (kept === undefined) return undefined
  const { rows } =
    await sql<There>`select a.provider_id, a.waiting, a.linked from upstream.arrival_of(${sha256(kept)}) a`.execute(
      house.db,
    )
  return rows[0]
}

/** What the browser of somebody who arrived may be told: where they came from, and whether they have asked. */
export async function arrivedAs(house: House, kept: string | undefined): Promise<Arrived | undefined> {
  const arrived = await there(house, kept)
  const provider = arrived && (await openProvider(house.db, { id: arrived.providerId }))
  if (!provider) return undefined
  const { key, name, nameEn } = provider
  return { provider: { key, name, nameEn }, waiting: arrived.waiting, linked: arrived.linked }
}

export const about = (requestId: string): string => `upstream.request:${requestId}`

type Asked = { personId: string; accountId: string; providerId: string; orgPath: string }

/**
 * Asks to be the one with this staff number. The answer is the same whether there is such a person or not.
 * @throws Refusal `upstream.arrival_over`
 */
export async function ask(
  context: RequestContext,
  kept: string | undefined,
  { number, note }: { number: string; note: string },
): Promise<void> {
  const { house, ip } = context
  const arrived = await there(house, kept)
  const provider = arrived && (await openProvider(house.db, { id: arrived.providerId }))
  if (!provider || kept === undefined) throw invalid('upstream.arrival_over')
  await asNobody(context, async (act) => {
    const id = newId()
    const sealed = note === '' ? null : notes(house).seal(note, provider.id)
    const { rows } =
      await sql<Asked>`select a.* from upstream.ask(${id}, ${sha256(kept)}, ${number}, ${sealed}, ${ip ?? null}) a`.execute(
        act.tx,
      )
    const asked = rows[0]
    if (!asked) return
    await record(act, {
      action: 'upstream.link_asked',
      subject: { kind: 'link_request', id },
      about: asked.personId,
      orgPath: asked.orgPath,
      after: { provider: provider.name },
    })
    await tell(act, id, asked, { platform: provider.name, platformEn: provider.nameEn })
  })
}

/** The clerks of the school, where it has any, else the administrators above it; and the person, who may know nothing of it. */
async function tell(act: Act, id: string, { accountId, orgPath }: Asked, names: object): Promise<void> {
  const { rows } = await sql<{ role: string; orgId: string }>`select w.role, w.org_id
    from access.watchers(${orgPath}::ltree, array['clerk', 'administrator']) w`.execute(act.tx)
  const clerks = rows.filter(({ role }) => role === 'clerk')
  await notify(act, [
    ...(clerks.length > 0 ? clerks : rows).map((office) => ({
      ...office,
      kind: 'todo' as const,
      code: 'upstream.todo.request',
      data: { ...names },
      link: '/sign-in-requests',
      key: about(id),
    })),
    {
      accountId,
      kind: 'message' as const,
      code: 'upstream.message.asked',
      data: { ...names, at: act.now },
      link: '/account',
    },
  ])
}
