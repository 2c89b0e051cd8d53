/** Certificates of completion: numbered in a block; revoked when the credits behind them go, issued anew when what they print changes. */
import { sql } from 'kysely'
import { add } from '../../../base/decimal.ts'
import { newId } from '../../../base/ids.ts'
import type { Act } from '../../../platform/db/index.ts'
import {
  issueNumbers,
  newVerifyCode,
  type RevocationReason,
  registerDocuments,
  revokeDocuments,
} from '../../../platform/documents/index.ts'
import type { ClassFacts, TrainingTables } from '../tables.ts'

type TrainingAct = Act<TrainingTables>

/** What a certificate prints, frozen in the register. Amounts are exact decimals without zeros at the end. */
type Printed = {
  name: string
  idMasked: string | null
  org: string
  class: string
  /** Empty where the class has none. */
  classEn?: string
  hours: string
  credits: string
  day: string
  issuer: string
  level: string
}
type Paper = { personId: string; orgId: string | null; classId: string; facts: Printed }

/** Enters certificates under consecutive numbers of this year; the paper is set when somebody asks for it. */
async function issue(act: TrainingAct, papers: Paper[]): Promise<void> {
  if (papers.length === 0) return
  const year = Number(act.today.slice(0, 4))
  const first = await issueNumbers(act.tx, 'training', year, papers.length)
  await registerDocuments(
    act.tx,
    papers.map(({ personId, orgId, classId, facts }, i) => ({
      id: newId(),
      series: 'training',
      year,
      number: first + i,
      label: `培训证〔${year}〕${String(first + i).padStart(5, '0')}号`,
      kind: 'certificate',
      subjectKind: 'training_class',
      subjectId: classId,
      personId,
      orgId,
      verifyCode: newVerifyCode(),
      issuedAt: act.now,
      facts,
    })),
  )
}

type Passed = {
  personId: string
  name: string
  idMasked: string | null
  orgId: string
  orgName: string
  day: string
  credits: string
}

/** One certificate for everybody who has completed the class. */
export async function certify(act: TrainingAct, one: ClassFacts & { hours: string }, passed: Passed[]): Promise<void> {
  const { rows } = await sql<{
    name: string
  }>`select o.name from directory.organisation o where o.id = ${one.orgId}`.execute(act.tx)
  await issue(
    act,
    passed.map(({ personId, name, idMasked, orgId, orgName, day, credits }) => ({
      personId,
      orgId,
      classId: one.id,
      facts: {
        name,
        idMasked,
        org: orgName,
        class: one.name,
        classEn: one.nameEn,
        hours: add(one.hours, '0'),
        credits: add(credits, '0'),
        day,
        issuer: rows[0]!.name,
        level: one.level,
      },
    })),
  )
}

const certificateOf = (personId: string, classId: string) => ({
  kind: 'certificate',
  personId,
  subjectKind: 'training_class',
  subjectId: classId,
})

/** Revokes the certificate of a completion whose credits were taken back. */
export const revokeCertificate = (act: TrainingAct, personId: string, classId: string, reason: RevocationReason) =>
  revokeDocuments(act.tx, certificateOf(personId, classId), reason)

/** Revokes a certificate that prints other figures than these and issues a new one with them; one that prints the same still holds. */
export async function correctCertificate(
  act: TrainingAct,
  personId: string,
  classId: string,
  worth: { hours: string; credits: string; level: string },
): Promise<void> {
  const printed = { hours: add(worth.hours, '0'), credits: add(worth.credits, '0'), level: worth.level }
  const { rows } = await sql<{ same: boolean }>`
    select (d.facts ->> 'hours')::numeric = ${printed.hours}::numeric and (d.facts ->> 'credits')::numeric = ${printed.credits}::numeric
      and d.facts ->> 'level' = ${printed.level} as same
    from documents.document d where d.kind = 'certificate' and d.person_id = ${personId} and d.subject_kind = 'training_class'
      and d.subject_id = ${classId} and d.revoked_at is null`.execute(act.tx)
  if (rows.every(({ same }) => same)) return
  const [old] = await revokeCertificate(act, personId, classId, 'credits_corrected')
  if (!old) return
  await issue(act, [{ personId, orgId: old.orgId, classId, facts: { ...(old.facts as Printed), ...printed } }])
}
