/** Assessments of impact on personal data (个人信息保护法 55, 56): kept at least as long as the law says, and never changed. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import type { Assessment } from '../contract.ts'
import { lengthOf, policyOf } from '../retention/terms.ts'

const PARAMETER = 'privacy.assessment.keep_months'
/** Article 56: at least three years. */
const LEAST_MONTHS = 36

/** The organisation within the scope of the act. @throws Refusal `not_found` */
export async function orgInScope<T>(act: Act<T>, orgId: string): Promise<string> {
  const { rows } = await sql<{ path: string }>`select o.path::text as path from directory.organisation o
    where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  return rows[0].path
}

/** Whatever a policy says, never less than the law. */
async function monthsOf<T>(act: Act<T>, orgId: string | undefined): Promise<number> {
  return Math.max(LEAST_MONTHS, lengthOf(await policyOf(act, orgId), PARAMETER, act.today) ?? LEAST_MONTHS)
}

export async function assessments<T>(
  act: Act<T>,
): Promise<{ rows: Assessment[]; months: number; clause: string | null }> {
  const { rows } =
    await sql<Assessment>`select a.id, o.short_name as org_name, a.title, a.grounds, a.lawful, a.risks, a.measures,
      a.verdict, a.assessed_on::text, a.keep_until::text, a.by_name
    from privacy.assessment a join directory.organisation o on o.id = a.org_id order by a.assessed_on desc, a.made_at desc limit 500`.execute(
      act.tx,
    )
  const clause = (await policyOf(act, undefined))?.find(PARAMETER, act.today)?.clause
  return { rows, months: await monthsOf(act, undefined), clause: clause ? `${clause.document}${clause.article}` : null }
}

export type NewAssessment = Omit<Assessment, 'id' | 'orgName' | 'keepUntil' | 'byName'> & { orgId: string }

/** @throws Refusal `not_found`, `privacy.assessed_later` */
export async function keepAssessment<T>(act: Act<T>, input: NewAssessment): Promise<{ id: string; keepUntil: string }> {
  const orgPath = await orgInScope(act, input.orgId)
  if (input.assessedOn > act.today) throw invalid('privacy.assessed_later')
  const id = newId()
  const months = await monthsOf(act, input.orgId)
  const { rows } = await sql<{
    keepUntil: string
  }>`insert into privacy.assessment (id, org_id, org_path, title, grounds, lawful, risks, measures, verdict, assessed_on, keep_until, by_name, by_id)
    values (${id}, ${input.orgId}, ${orgPath}::ltree, ${input.title}, ${[...new Set(input.grounds)]}::text[], ${input.lawful}, ${input.risks},
      ${input.measures}, ${input.verdict}, ${input.assessedOn}, (${input.assessedOn}::date + make_interval(months => ${months}))::date, ${act.actor.name}, ${act.actor.account})
    returning keep_until::text`.execute(act.tx)
  const { keepUntil } = rows[0]!
  await record(act, {
    action: 'privacy.assessment_kept',
    subject: { kind: 'assessment', id },
    orgPath,
    after: { title: input.title, grounds: input.grounds, verdict: input.verdict, keepUntil },
  })
  return { id, keepUntil }
}
