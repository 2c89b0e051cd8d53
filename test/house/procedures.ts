/** Every procedure of the API with its permission, read from the contract: what house tests run over. */
import { contract } from '../../src/server/contract.ts'

export type Procedure = { path: string; module: string; permission: string; kind: 'query' | 'command' }

type Meta = { permission: string; kind: 'query' | 'command' }

function walk(node: object, path: string[]): Procedure[] {
  if ('~orpc' in node) return [{ path: path.join('.'), module: path[0]!, ...(node['~orpc'] as { meta: Meta }).meta }]
  return Object.entries(node).flatMap(([name, child]: [string, object]) => walk(child, [...path, name]))
}

export const procedures: Procedure[] = walk(contract, [])
