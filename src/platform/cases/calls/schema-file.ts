/** JSON Schema of a call in a pack, for editors: `node src/platform/cases/calls/schema-file.ts` writes it anew. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { PACKS } from '../../policy/index.ts'
import { definition } from '../contract/definition.ts'

export const SCHEMA_FILE = join(PACKS, 'schema', 'calls.json')

export const schemaText = (): string =>
  `${JSON.stringify(z.toJSONSchema(definition, { io: 'input', reused: 'ref' }), null, 2)}\n`

if (import.meta.main) await writeFile(SCHEMA_FILE, schemaText())
