/** The circular (通报): issued to every school with its figures, acknowledged by the school. */
import { sql } from 'kysely'
import { notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { issueNumbers, newVerifyCode, registerDocuments } from '../../../platform/documents/index.ts'
import { finish, notify } from '../../../platform/inbox/index.ts'
import type { FactBook } from '../../../platform/policy/index.ts'
import { planOf, scorecardsOf } from '../queries/scorecards.ts'
import type { TrainingTables } from '../tables.ts'
import { figures } from './figures.ts'

type TrainingAct = Act<TrainingTables>

/** Issues the circular to every school that has none yet; the figures are frozen in it. One number for all, one paper each. */
export async function issueCirculars(act: TrainingAct, book: FactBook, planId: string): Promise<number> {
  const plan = await planOf(act, planId)
  const { rows: own } = await sql<{
    own: boolean
  }>`select true as own from training.plan p where p.id = ${planId} and p.org_path <@ any (db.scope()) for update`.execute(
    act.tx,
  )
  if (!own[0]) throw notFound('plan')
  const cards = (await scorecardsOf(act, book, plan, await figures(act, plan.authority))).filter(
    ({ circular }) => circular === null,
  )
  if (cards.length === 0) return 0
  if (cards.every(({ rates }) => rates[1]!.denominator === 0 && rates[0]!.denominator === 0))
    throw refused('training.nothing_to_report')
  const year = Number(act.today.slice(0, 4))
  const first = await issueNumbers(act.tx, 'training_circular', year, cards.length)
  const papers = cards.map((card, i) => ({ ...card, documentId: newId(), id: newId(), number: first + i }))
  await registerDocuments(
    act.tx,
    papers.map((paper) => ({
      id: paper.documentId,
      series: 'training_circular',
      year,
      number: paper.number,
      label: `培训通报〔${year}〕${paper.number}号`,
      kind: 'circular',
      subjectKind: 'training_plan',
      subjectId: planId,
      orgId: paper.orgId,
      verifyCode: newVerifyCode(),
      issuedAt: act.now,
      facts: { org: paper.orgName, plan: plan.title, issuer: plan.orgName, rates: paper.rates },
    })),
  )
  const all = cards.map(({ orgId, orgName, rates }) => ({ orgId, orgName, rates }))
  const rows = papers.map(({ id, orgId, orgPath, documentId, rates }) => ({
    id,
    org_id: orgId,
    org_path: orgPath,
    document_id: documentId,
    figures: { rates, all },
  }))
  await sql`insert into training.circular (id, plan_id, org_id, org_path, document_id, issued_at, figures)
    select r.id, ${planId}, r.org_id, r.org_path::ltree, r.document_id, db.now(), r.figures
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, org_id uuid, org_path text, document_id uuid, figures jsonb)`.execute(
    act.tx,
  )
  await notify(
    act,
    papers.flatMap(({ orgId, id }) =>
      (['clerk', 'principal'] as const).map((role) => ({
        role,
        orgId,
        kind: 'todo' as const,
        code: 'training.todo.circular',
        data: { plan: plan.title },
        link: '/circulars',
        key: `circular:${id}`,
        act: { call: 'training.acknowledge', input: { circularId: id }, label: 'training.act.acknowledge' },
      })),
    ),
  )
  await record(act, {
    action: 'training.circulars_issued',
    subject: { kind: 'plan', id: planId },
    orgPath: plan.orgPath,
    after: { schools: papers.length, first },
  })
  return papers.length
}

/** The school has read its circular; it may answer in a note. Acknowledging again changes nothing. */
export async function acknowledge(act: TrainingAct, input: { circularId: string; note: string }): Promise<void> {
  const { rows } = await sql<{
    orgPath: string
    fresh: boolean
  }>`select v.org_path::text, v.acknowledged_at is null as fresh from training.circular v where v.id = ${input.circularId} for update`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('circular')
  if (!rows[0].fresh) return
  await sql`update training.circular set acknowledged_by = db.account(), acknowledged_at = db.now(), note = ${input.note || null} where id = ${input.circularId}`.execute(
    act.tx,
  )
  await finish(act, `circular:${input.circularId}`, null)
  await record(act, {
    action: 'training.circular_acknowledged',
    subject: { kind: 'circular', id: input.circularId },
    orgPath: rows[0].orgPath,
    after: { note: input.note },
  })
}
