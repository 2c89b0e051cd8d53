/** Acts of an office on one case or on many: signed, refused, sent back, handed over, urged, and ends that are taken back. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { setBased } from '../../db/index.ts'
import { checkAnswers, readForm } from '../../forms/index.ts'
import type { Held } from '../../inbox/index.ts'
import type { Office } from '../contract/definition.ts'
import { moveOne } from '../flow/move.ts'
import { applicationOf, callOf, lockedApplication, openCall } from '../flow/rows.ts'
import { addSigner, handOver, sendBack, sign, urge, type Verdict } from '../flow/sign.ts'
import { stageAt } from '../rules/flow.ts'
import type { Application } from '../tables.ts'

type Ids = readonly string[]

/** A thousand and more at once are read as whole tables. */
const forMany = <T>(act: Act<T>, ids: Ids) => setBased(act, ids.length, 'cases.application')

/** @throws Refusal as `sign`; `cases.report_needed`, `cases.report_unfit` with `problems` where the stage asks for a report */
export async function signCases<T>(
  act: Act<T>,
  held: readonly Held[],
  { ids, verdict, words, report }: Verdict & { ids: Ids },
): Promise<{ moved: number }> {
  await forMany(act, ids)
  const given = { words: words || undefined, verdict }
  if (verdict === 'refused') return sign(act, held, ids, given)
  const first = await applicationOf(act, ids[0]!)
  const stage = stageAt((await callOf(act, first.callId)).definition, first.stage)
  if (stage?.kind !== 'check' || !stage.report) return sign(act, held, ids, given)
  if (report === undefined) throw invalid('cases.report_needed')
  const checked = checkAnswers(readForm(stage.report), report, { whole: true })
  if (checked.problems.length > 0)
    throw invalid('cases.report_unfit', { n: checked.problems.length, problems: checked.problems })
  return sign(act, held, ids, { ...given, report: checked.answers })
}

export async function sendBackCases<T>(
  act: Act<T>,
  held: readonly Held[],
  { ids, ...rest }: { ids: Ids; to: string | null; words: string; points?: Application['points'] | undefined },
): Promise<void> {
  await forMany(act, ids)
  await sendBack(act, held, ids, rest)
}

type To = Office & { words: string; ids: Ids }

export async function handOverCases<T>(act: Act<T>, held: readonly Held[], { ids, ...to }: To): Promise<void> {
  await forMany(act, ids)
  await handOver(act, held, ids, to)
  await recordActs(act, ids, 'cases.handed_over', to)
}

export async function addSignerCases<T>(act: Act<T>, held: readonly Held[], { ids, ...to }: To): Promise<void> {
  await forMany(act, ids)
  await addSigner(act, held, ids, to)
  await recordActs(act, ids, 'cases.signer_added', to)
}

export async function urgeCases<T>(act: Act<T>, ids: Ids): Promise<{ urged: number }> {
  await forMany(act, ids)
  const urged = await urge(act, ids)
  await recordActs(act, ids, 'cases.urged', urged)
  return urged
}

/** An end is taken back by who holds the call. @throws Refusal `not_found` outside its organisation, `cases.not_possible`, `cases.changed_since` */
export async function reopenCase<T>(
  act: Act<T>,
  {
    applicationId,
    to,
    words,
    revision,
  }: { applicationId: string; to: string; words: string; revision?: number | undefined },
): Promise<void> {
  const application = await lockedApplication(act, applicationId, revision)
  const call = await openCall(act, application.callId)
  const holds = await sql`select from cases.call c where c.id = ${call.id} and c.org_path <@ any (db.scope())`.execute(
    act.tx,
  )
  if (holds.rows.length === 0) throw notFound('application')
  await moveOne(act, call, application, { act: 'reopen', to }, { words, byItself: true })
}

/** Acts that do not move a case stand in the trail as well. */
async function recordActs<T>(act: Act<T>, ids: Ids, action: string, after: object) {
  const { rows } = await sql<
    Pick<Application, 'id' | 'personId' | 'orgPath'>
  >`select a.id, a.person_id, a.org_path::text
    from cases.application a where a.id = any (${ids}::uuid[])`.execute(act.tx)
  await record(
    act,
    ...rows.map(({ id, personId, orgPath }) => ({
      action,
      subject: { kind: 'application', id },
      ...(personId ? { about: personId } : {}),
      orgPath,
      after,
    })),
  )
}
