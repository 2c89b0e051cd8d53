/** The permission of every procedure by its path, read from the contract. */
import { contract } from './contract.ts'

type Meta = { permission: string; kind: 'query' | 'command' }
export type Procedure = Meta & { path: string }

function walk(node: object, path: string[]): Procedure[] {
  if ('~orpc' in node) return [{ path: path.join('.'), ...(node['~orpc'] as { meta: Meta }).meta }]
  return Object.entries(node).flatMap(([name, child]: [string, object]) => walk(child, [...path, name]))
}

export const procedures: Procedure[] = walk(contract, [])
export const procedurePermissions: ReadonlyMap<string, string> = new Map(
  procedures.map(({ path, permission }) => [path, permission]),
)
