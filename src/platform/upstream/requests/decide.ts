/** An office decides whether somebody who came from a provider is the person they say they are. */
import { sql } from 'kysely'
import { conflict, invalid, notFound, Refusal } from '../../../base/errors.ts'
import { type Asker, assertNotAbove, type House, holdsOffice } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish, notify } from '../../inbox/index.ts'
import type { LinkRequest } from '../contract.ts'
import { labels, link, notes } from '../links/link.ts'
import { openProvider } from '../providers/read.ts'
import { about } from './ask.ts'

type Row = Omit<LinkRequest, 'label' | 'note'> & { providerId: string; label: Buffer | null; note: Buffer | null }

/** Those that wait first, then the latest. */
export async function requestsInScope(act: Act, house: House): Promise<LinkRequest[]> {
  const { rows } =
    await sql<Row>`select r.person_id, r.id, n.name as person_name, n.number, o.short_name as org_name, r.provider_id,
      p.name as provider_name, p.name_en as provider_name_en, r.label_cipher as label, r.note_cipher as note, r.asked_at, r.state, r.checked, r.reason,
      d.name as decided_by, r.decided_at, r.account_id = ${act.actor.account} as mine
    from upstream.request r join directory.person n on n.id = r.person_id join directory.organisation o on o.id = n.org_id
      join upstream.provider p on p.id = r.provider_id left join access.account d on d.id = r.decided_by
    where n.org_path <@ any (db.scope()) order by r.state <> 'waiting', r.asked_at desc, r.id limit 200`.execute(act.tx)
  return rows.map(({ providerId, label, note, ...row }) => ({
    ...row,
    label: label && labels(house).open(label, providerId),
    note: note && notes(house).open(note, providerId),
  }))
}

type Waiting = {
  accountId: string
  providerId: string
  hash: Buffer
  cipher: Buffer
  label: Buffer | null
  state: string
  orgPath: string
  gone: boolean
}

type Decision = {
  personId: string
  requestId: string
  approve: boolean
  checked?: string | undefined
  reason: string
}

/**
 * Approves or refuses. Nobody does so for themselves, for whoever stands above them, or for those who run, guard or check the system: these link
 * their accounts themselves.
 * @throws Refusal `not_found`, `upstream.request_decided`, `access.not_oneself`, `access.above_you`, `upstream.office_links_itself`,
 *   `upstream.account_gone`, `upstream.provider_gone`, and as `link`
 */
export async function decideRequest(
  act: Act,
  asker: Asker,
  { personId, requestId, approve, checked, reason }: Decision,
): Promise<void> {
  const { rows } =
    await sql<Waiting>`select r.account_id, r.provider_id, r.subject_hash as hash, r.subject_cipher as cipher, r.label_cipher as label,
      r.state, a.org_path::text,
      a.disabled_at is not null or a.person_id is distinct from r.person_id as gone
    from upstream.request r join directory.person n on n.id = r.person_id join access.account a on a.id = r.account_id
    where r.person_id = ${personId} and r.id = ${requestId} and n.org_path <@ any (db.scope()) and a.org_path <@ any (db.scope())
    for update of r`.execute(act.tx)
  const waiting = rows[0]
  if (!waiting) throw notFound('request')
  if (waiting.state !== 'waiting') throw conflict('upstream.request_decided')
  const { accountId, orgPath } = waiting
  if (accountId === act.actor.account) throw invalid('access.not_oneself')
  await assertNotAbove(act, asker, accountId)
  if (approve) {
    if (await holdsOffice(act, accountId)) throw new Refusal('forbidden', 'upstream.office_links_itself')
    // Closed meanwhile, or somebody's who turned out to be somebody else.
    if (waiting.gone) throw conflict('upstream.account_gone')
    const provider = await openProvider(act.tx, { id: waiting.providerId })
    if (!provider) throw conflict('upstream.provider_gone')
    await link(act, provider, waiting, { accountId, orgPath, person: personId, approvedBy: act.actor.account! })
    // An initial password that nobody has used opens nothing any more: they come in another way.
    await sql`update access.account set password_hash = null, must_change = false where id = ${accountId} and must_change`.execute(
      act.tx,
    )
  }
  await sql`update upstream.request set state = ${approve ? 'approved' : 'refused'}, checked = ${approve ? checked : null}, reason = ${reason || null},
      decided_by = ${act.actor.account}, decided_at = db.now() where person_id = ${personId} and id = ${requestId}`.execute(
    act.tx,
  )
  await record(act, {
    action: approve ? 'upstream.request_approved' : 'upstream.request_refused',
    subject: { kind: 'link_request', id: requestId },
    about: personId,
    orgPath,
    after: { ...(approve ? { checked } : {}), ...(reason ? { reason } : {}) },
  })
  await finish(act, about(requestId), null)
  if (!approve)
    await notify(act, [
      { accountId, kind: 'message', code: 'upstream.message.refused', data: { at: act.now }, link: '/account' },
    ])
}
