/** Reads a yearly training plan from a pack. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { notFound, Refusal } from '../../base/errors.ts'
import { hash, PACKS } from './packs/pack.ts'
import { type Plan, PlanFile } from './plan-schema.ts'
import { readYaml } from './yaml-file.ts'

/**
 * The plan of an authority for a year, with a version that names its content.
 * @throws Refusal `not_found`, or `policy.plan_invalid` with every problem by line and column
 */
export async function loadPlan(
  authority: string,
  year: number,
  folder: string = PACKS,
): Promise<Plan & { version: string }> {
  if (!/^[a-z][a-z0-9_]*$/.test(authority)) throw notFound('plan')
  const name = `${authority}/plans/${year}.yaml`
  const file = join(folder, name)
  await access(file).catch(() => {
    throw notFound('plan')
  })
  const { data, problems } = await readYaml(file, name, PlanFile)
  if (data === undefined) throw new Refusal('invalid', 'policy.plan_invalid', { count: problems.length, problems })
  return { ...data, version: `${authority}/${year}@${hash(data)}` }
}
