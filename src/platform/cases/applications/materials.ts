/** Files that belong to an application, within what the call asks for. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { type FileStore, type Purpose, putFile } from '../../files/index.ts'
import { redact } from '../../forms/index.ts'
import { MATERIAL_BYTES } from '../contract/applications.ts'
import { namesIn } from '../review/names-in.ts'
import type { Application } from '../tables.ts'
import { ownLocked } from './applicant.ts'
import { assertEditable } from './start.ts'

const purpose = (kinds: Purpose['kinds'], permission: string): Purpose => ({
  id: 'cases.material',
  maxBytes: MATERIAL_BYTES,
  kinds,
  permission,
})

/**
 * The offices above the applicant's organisation may read it.
 * @throws Refusal as `assertEditable`, `cases.material_unknown`, `cases.materials_enough`, and those of files
 */
export async function addMaterial<T>(
  act: Act<T>,
  store: FileStore,
  { applicationId, material, file }: { applicationId: string; material: string; file: File },
): Promise<{ id: string; fileId: string }> {
  const application = await ownLocked(act, applicationId)
  const { definition } = await assertEditable(act, application)
  const asked = definition.materials.find(({ id }) => id === material)
  if (!asked) throw invalid('cases.material_unknown')
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from cases.material m
    where m.application_id = ${applicationId} and m.kind = ${material}`.execute(act.tx)
  if (rows[0]!.n >= asked.most) throw invalid('cases.materials_enough', { most: asked.most })
  const bytes = Buffer.from(await file.arrayBuffer())
  const kept = await putFile(act, store, {
    name: file.name,
    bytes,
    purpose: purpose(asked.kinds, act.permission),
    orgPath: application.orgPath,
  })
  const id = newId()
  // Only where experts read it without knowing whose it is does it matter.
  const named = asked.blind === 'shown' ? await namedIn(act, application, { bytes, ...kept }) : null
  await sql`insert into cases.material (application_id, id, kind, file_id, name, names_applicant)
    values (${applicationId}, ${id}, ${material}, ${kept.id}, ${kept.name}, ${named})`.execute(act.tx)
  await note(act, 'cases.material_added', application, { material, name: kept.name })
  return { id, fileId: kept.id }
}

/** Whether it names the person or the school, also in its own name; null where it cannot be read. */
async function namedIn<T>(
  act: Act<T>,
  { name, orgId }: Application,
  file: { bytes: Buffer; name: string; mediaType: string },
): Promise<boolean | null> {
  const { rows } = await sql<{
    name: string
    shortName: string
  }>`select o.name, o.short_name from directory.organisation o
    where o.id = ${orgId}`.execute(act.tx)
  const words = [name, ...rows.flatMap((org) => [org.name, org.shortName])]
  return redact(file.name, words).hits.length > 0 || namesIn(file.bytes, file.mediaType, words)
}

/** The file itself stays on record. @throws Refusal as `assertEditable`, `not_found` */
export async function dropMaterial<T>(
  act: Act<T>,
  { applicationId, materialId }: { applicationId: string; materialId: string },
): Promise<void> {
  const application = await ownLocked(act, applicationId)
  await assertEditable(act, application)
  const { rows } = await sql<{ kind: string; name: string }>`delete from cases.material m
    where m.application_id = ${applicationId} and m.id = ${materialId} returning m.kind, m.name`.execute(act.tx)
  if (!rows[0]) throw notFound('material')
  await note(act, 'cases.material_dropped', application, { material: rows[0].kind, name: rows[0].name })
}

const note = <T>(act: Act<T>, action: string, { id, personId, orgPath }: Application, after: Record<string, unknown>) =>
  record(act, {
    action,
    subject: { kind: 'application', id },
    ...(personId ? { about: personId } : {}),
    orgPath,
    after,
  })
