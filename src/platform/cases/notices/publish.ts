/** Puts lists before the public, and takes them back. What stands in a notice is fixed from then on; its hash says so. */
import { sql } from 'kysely'
import { conflict, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { newVerifyCode } from '../../documents/index.ts'
import { finishUnder, type Held } from '../../inbox/index.ts'
import type { ListedNotice } from '../contract/notices.ts'
import { stageKey } from '../flow/enter.ts'
import { figureOf } from '../flow/figures.ts'
import { lockedApplications } from '../flow/rows.ts'
import { noteActs } from '../flow/sign.ts'
import { hashOf } from '../rules/canonical.ts'
import { prepare, type Subject } from './listing.ts'

/** @throws Refusal as `prepare` */
export async function noticePreview<T>(act: Act<T>, held: readonly Held[], subject: Subject) {
  const { call, stage, listed, mark } = await prepare(act, held, subject)
  return {
    listed: { ...listed, code: '' },
    anonymous: stage.objections.anonymous,
    objectionDays: (await figureOf(act, call.authority, stage.objections.days)).value,
    mark,
  }
}

/** @throws Refusal as `prepare`, `cases.notice_changed` where the list is not the one that was looked at */
export async function publishNotice<T>(
  act: Act<T>,
  held: readonly Held[],
  { mark, ...subject }: Subject & { mark: string },
): Promise<{ id: string; code: string }> {
  const seen = await prepare(act, held, subject)
  const applications = await lockedApplications(act, seen.ids)
  const now = await prepare(act, held, subject)
  if (seen.mark !== mark || now.mark !== mark) throw conflict('cases.notice_changed')
  const { call, stage, org } = now
  const notice = { id: newId(), code: newVerifyCode() }
  const listed: ListedNotice = { ...now.listed, code: notice.code }
  const hash = hashOf(listed)
  await sql`insert into cases.notice (id, call_id, stage, org_id, org_path, code, listed, hash, from_on, until_on, published_by)
    values (${notice.id}, ${call.id}, ${stage.id}, ${org.id}, ${org.path}::ltree, ${notice.code}, ${JSON.stringify(listed)}::jsonb, ${hash},
      ${listed.from}::date, ${listed.until}::date, ${act.actor.account})`.execute(act.tx)
  await sql`insert into cases.notice_entry (notice_id, nth, application_id)
    select ${notice.id}, x.nth, x.id from unnest(${now.ids}::uuid[]) with ordinality as x(id, nth)`.execute(act.tx)
  await noteActs(act, applications, 'notice', null, { from: listed.from, until: listed.until, code: notice.code })
  await finishUnder(act, stageKey(call, stage.id), org.id)
  await record(act, {
    action: 'cases.notice_published',
    subject: { kind: 'notice', id: notice.id },
    orgPath: org.path,
    after: {
      callId: call.id,
      stage: stage.id,
      from: listed.from,
      until: listed.until,
      cases: listed.rows.length,
      hash,
    },
  })
  return notice
}

/** Only while it is open. @throws Refusal `not_found`, `cases.notice_over` */
export async function withdrawNotice<T>(
  act: Act<T>,
  held: readonly Held[],
  { noticeId, reason }: { noticeId: string; reason: string },
): Promise<void> {
  const { rows } = await sql<{
    orgId: string
    orgPath: string
    state: string
    role: string
  }>`select n.org_id, n.org_path::text, n.state,
      (select s -> 'by' ->> 'role' from jsonb_array_elements(c.definition -> 'stages') s where s ->> 'id' = n.stage) as role
    from cases.notice n join cases.call c on c.id = n.call_id where n.id = ${noticeId} for update of n`.execute(act.tx)
  const notice = rows[0]
  if (!notice || !held.some(({ role, orgId }) => role === notice.role && orgId === notice.orgId))
    throw notFound('notice')
  if (notice.state !== 'open') throw conflict('cases.notice_over')
  await sql`update cases.notice set state = 'withdrawn' where id = ${noticeId}`.execute(act.tx)
  await record(act, {
    action: 'cases.notice_withdrawn',
    subject: { kind: 'notice', id: noticeId },
    orgPath: notice.orgPath,
    after: { reason },
  })
}
