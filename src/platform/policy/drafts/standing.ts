/** What was adopted stands over newer files as long as it fits them: the same units, figures that are left open, expressions that can still be read. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import type { FactBook } from '../facts.ts'
import { chainOf, declaredOf } from '../packs/chain.ts'
import type { Pack } from '../packs/pack.ts'
import { declaredBy, declaredIn } from '../queries.ts'
import { rulesIn } from '../requirements/pack-cases.ts'
import { readRequirement } from '../requirements/read.ts'
import { type Below, brokenBelow } from '../rules/below.ts'
import { type Declared, Parameters } from '../rules/reader.ts'
import type { Problem } from '../yaml-file.ts'
import { valuesOver } from './over.ts'

/** What of the adopted layers in force does not fit these packs, told in the place of a file. */
export async function misfits<T>(act: Act<T>, packs: readonly Pack[], book: FactBook): Promise<Problem[]> {
  const { rows } = await sql<{ authority: string; version: string }>`select p.authority, p.version_id as version
    from policy.pack p where p.origin = 'adopted' order by p.authority`.execute(act.tx)
  const problems: Problem[] = []
  for (const { authority, version } of rows.filter((row) => packs.some((pack) => pack.authority === row.authority))) {
    const say = (path: string, zh: string, en: string) =>
      problems.push({ file: version, line: 1, column: 1, path, zh: `已采纳的修订：${zh}`, en: `adopted change: ${en}` })
    const rules = rulesIn(packs, authority, book)
    const values = await declaredIn(act, [version])
    const own = new Parameters(authority, values)
    for (const [id, unit] of new Map(values.map((value) => [value.id, value.unit]))) {
      const file = rules.parameters.unitOf(id)
      if (file !== undefined && file !== unit)
        say(id, `单位由 ${unit} 变为 ${file}`, `its unit ${unit} becomes ${file}`)
    }
    for (const { id, authority: above, below, from } of await notOpen(act, packs, authority, values))
      say(
        id,
        `${above} 自 ${from} 起${BELOW_ZH[below]}，已采纳的取值不符：请先修订该值，或写明准许的出处`,
        `${above} from ${from}: ${BELOW_EN[below]} below it, and the adopted value is not: change it first, or state the clause that permits it`,
      )
    for (const { declared } of await declaredBy(act, [version])) {
      const scope = {
        ...rules.scope,
        fact: (id: string) => book.declared(id, declared.about)?.type,
        parameter: (id: string) => own.typeOf(id) ?? rules.scope.parameter(id),
      }
      for (const one of declared.versions)
        for (const { path, error } of readRequirement(one, scope).mistakes)
          say([declared.id, ...path].map(String).join('.'), error.zh, error.message)
    }
  }
  return problems
}

const BELOW_ZH: Record<Below, string> = { free: '可自定', raise: '只许提高', lower: '只许降低', fixed: '不得更改' }
const BELOW_EN: Record<Below, string> = {
  free: 'free',
  raise: 'only raised',
  lower: 'only lowered',
  fixed: 'not to be changed',
}

/** Adopted figures that the files above, with what was adopted over them, do not leave open, and that name no clause which permits them. */
async function notOpen<T>(act: Act<T>, packs: readonly Pack[], authority: string, values: readonly Declared[]) {
  const [{ packVersion } = { packVersion: '' }] = values
  const { rows } = await sql<{ id: string; upper: string[] }>`select q.id,
      array(select p.version_id from policy.pack p where p.origin = 'adopted') as upper
    from policy.parameter q where q.version_id = ${packVersion} and q.permission is null`.execute(act.tx)
  if (rows.length === 0) return []
  const adopted = await declaredIn(act, rows[0]!.upper)
  return chainOf(packs, authority)
    .slice(1)
    .flatMap((pack) => {
      const layers = [
        ...adopted.filter((one) => one.authority === pack.authority).map((one) => ({ ...one, depth: -1 })),
        ...declaredOf([pack]),
      ]
      return rows.flatMap(({ id }) => {
        const below = pack.parameters.find((one) => one.id === id)?.below ?? 'free'
        const own = valuesOver(id, values)
        const [broken] = below === 'free' ? [] : brokenBelow(below, valuesOver(id, layers), own)
        return broken ? [{ id, authority: pack.authority, below, from: broken.above.from }] : []
      })
    })
}
