/** What anybody may do without signing in: read a notice, check a copy of it, object to it, and look an answer up. */
import { sql } from 'kysely'
import { notFound, Refusal, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { type Act, type Actor, within } from '../../db/index.ts'
import { newVerifyCode, normaliseVerifyCode } from '../../documents/index.ts'
import { notify } from '../../inbox/index.ts'
import type { ListedNotice, PublicNotice } from '../contract/notices.ts'
import { officeAt, titleAt } from '../flow/enter.ts'
import { figureOf, workingDaysAfter } from '../flow/figures.ts'
import { moveOne } from '../flow/move.ts'
import { lockedApplication, openCall } from '../flow/rows.ts'
import { hashOf } from '../rules/canonical.ts'
import { stageAt } from '../rules/flow.ts'
import { knocker, receiptHash, seal } from './seal.ts'

type Found = {
  listed: ListedNotice
  hash: string
  fromOn: string
  untilOn: string
  state: PublicNotice['state']
  anonymous: boolean
}

/** Null for a code of nothing, or of what was taken back. */
export async function publicNotice<T>(act: Act<T>, typed: string): Promise<PublicNotice | null> {
  const code = normaliseVerifyCode(typed)
  if (!code) return null
  const { rows } =
    await sql<Found>`select n.listed, n.hash, n.from_on, n.until_on, n.state, n.anonymous from cases.public_notice(${code}) n`.execute(
      act.tx,
    )
  if (!rows[0]) return null
  const { listed, hash, fromOn, untilOn, state, anonymous } = rows[0]
  return { listed, hash, state, open: state === 'open' && fromOn <= act.today && act.today <= untilOn, anonymous }
}

/** A copy is the file as it was downloaded, whatever the order of its keys, or the hash alone. */
export async function checkNotice<T>(
  act: Act<T>,
  typed: string,
  copy: string,
): Promise<{ same: boolean; hash: string | null }> {
  const notice = await publicNotice(act, typed)
  if (!notice) throw notFound('notice')
  const given = copy.trim().toLowerCase()
  const hash = /^[0-9a-f]{64}$/.test(given) ? given : hashOfText(copy)
  return { same: hash === notice.hash, hash }
}

function hashOfText(text: string): string | null {
  try {
    return hashOf(JSON.parse(text.replace(/^\ufeff/, '')))
  } catch {
    return null
  }
}

/** Nobody in particular: not even somebody who happens to be signed in. */
const PUBLIC: Actor = { account: null, person: null, name: 'public' }

/** Objections an hour from one address: a staff room shares one. And against one notice. */
const MOST = { address: 20, notice: 300 }

type Door = {
  noticeId: string
  callId: string
  stage: string
  applicationId: string
  orgPath: string
  fromOn: string
  untilOn: string
  state: string
}
type Said = { code: string; nth: number; words: string; by: { name: string; contact: string } | null }

/**
 * Raises an objection; the case stops until it is answered. Nothing of whoever raises it is kept but what they say themselves, sealed.
 * @throws Refusal `not_found`, `cases.notice_over`, `cases.notice_name_needed`, `cases.notice_case_gone`, `cases.objections_too_many`
 */
export async function raiseObjection<T>(
  act: Act<T>,
  house: House,
  { code: typed, nth, words, by }: Said,
): Promise<{ receipt: string }> {
  const notice = await publicNotice(act, typed)
  if (!notice) throw notFound('notice')
  if (!notice.open) throw refused('cases.notice_over')
  if (!by && !notice.anonymous) throw refused('cases.notice_name_needed')
  const { rows } = await sql<Door>`select d.* from cases.notice_door(${notice.listed.code}, ${nth}) d`.execute(act.tx)
  const door = rows[0]
  if (!door) throw notFound('notice')
  await assertNotTooMany(act, house, door.noticeId)
  const receipt = newVerifyCode()
  const ask = { actor: PUBLIC, permission: 'cases.objection.answer', scope: { paths: [door.orgPath], self: false } }
  await within(act.tx, { ...ask, at: act.now }, (inner) => enter(inner, house, door, { words, by, receipt }))
  // An account that happens to be signed in must not stand in the trail beside what is anonymous.
  act.recorded += 1
  return { receipt }
}

async function enter<T>(
  act: Act<T>,
  { key }: House,
  door: Door,
  { words, by, receipt }: Pick<Said, 'words' | 'by'> & { receipt: string },
) {
  const call = await openCall(act, door.callId)
  const application = await lockedApplication(act, door.applicationId)
  const stage = stageAt(call.definition, door.stage)
  const here = application.stage === door.stage && (application.state === 'waiting' || application.state === 'paused')
  if (stage?.kind !== 'notice' || !here) throw refused('cases.notice_case_gone')
  const { answer, days } = stage.objections
  const due = await workingDaysAfter(act, call.authority, act.today, (await figureOf(act, call.authority, days)).value)
  const { rows } = await sql<{ id: string; path: string }>`select o.id, o.path::text from cases.application a
    cross join lateral ${officeAt(sql`${answer.at}::text`, sql`a.org_path`)} o where a.id = ${application.id}`.execute(
    act.tx,
  )
  const office = rows[0]!
  const id = newId()
  const sealed = (text: string | undefined) => (text === undefined ? null : seal(key, id, text))
  await sql`insert into cases.objection (application_id, id, kind, notice_id, stage, words, name_sealed, contact_sealed, code_hash, due_on, answer_role, answer_org, answer_path)
    values (${application.id}, ${id}, 'notice', ${door.noticeId}, ${door.stage}, ${words}, ${sealed(by?.name)}, ${sealed(by?.contact)}, ${receiptHash(receipt)},
      ${due}::date, ${answer.role}, ${office.id}, ${office.path}::ltree)`.execute(act.tx)
  await record(act, {
    action: 'cases.objection_raised',
    subject: { kind: 'application', id: application.id },
    ...(application.personId ? { about: application.personId } : {}),
    orgPath: application.orgPath,
    after: { noticeId: door.noticeId, named: by !== null },
  })
  if (application.state === 'waiting') await moveOne(act, call, application, { act: 'pause' }, { byItself: true })
  await notify(act, [
    {
      role: answer.role,
      orgId: office.id,
      kind: 'todo',
      code: 'cases.todo.objection',
      data: { ...titleAt(call, stage), name: application.name },
      link: `/case-objections?open=${id}`,
      due,
      key: `cases.objection:${id}`,
    },
  ])
}

async function assertNotTooMany<T>(act: Act<T>, { key }: House, noticeId: string) {
  const hour = act.now.slice(0, 13)
  const ends = new Date(Date.parse(`${hour}:00:00Z`) + 3_600_000).toISOString()
  const doors: [who: string, most: number][] = [
    [`address ${act.actor.ip ?? ''}`, MOST.address],
    [`notice ${noticeId}`, MOST.notice],
  ]
  for (const [who, most] of doors) {
    const { rows } = await sql<{
      free: boolean
    }>`select cases.knock(${knocker(key, who, hour)}, ${most}, ${ends}) as free`.execute(act.tx)
    if (!rows[0]!.free) throw new Refusal('limited', 'cases.objections_too_many')
  }
}

export type ByReceipt = {
  kind: 'notice' | 'appeal'
  state: 'open' | 'upheld' | 'dismissed'
  raisedAt: string
  dueOn: string | null
  answer: string | null
  answeredAt: string | null
}

export async function objectionByReceipt<T>(act: Act<T>, typed: string): Promise<ByReceipt | null> {
  const receipt = normaliseVerifyCode(typed)
  if (!receipt) return null
  const { rows } = await sql<ByReceipt>`select o.kind, o.state, o.raised_at, o.due_on, o.answer, o.answered_at
    from cases.objection_by_receipt(${receiptHash(receipt)}) o`.execute(act.tx)
  return rows[0] ?? null
}
