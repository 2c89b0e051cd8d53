/** JSON Schema files of the packs, for editors: `node src/platform/policy/schema-files.ts` writes them anew. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { PackFile, ParametersFile } from './pack-schema.ts'
import { PACKS } from './packs/pack.ts'
import { PlanFile } from './plan-schema.ts'
import { CasesFile, RequirementsFile } from './requirement-schema.ts'

/** File name and text of each schema. */
export function schemaFiles(): [name: string, text: string][] {
  const schemas = {
    'pack.json': PackFile,
    'parameters.json': ParametersFile,
    'plan.json': PlanFile,
    'requirements.json': RequirementsFile,
    'cases.json': CasesFile,
  }
  return Object.entries(schemas).map(([name, schema]) => [
    name,
    `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', reused: 'ref' }), null, 2)}\n`,
  ])
}

if (import.meta.main) {
  for (const [name, text] of schemaFiles()) await writeFile(join(PACKS, 'schema', name), text)
}
