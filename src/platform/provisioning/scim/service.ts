/** Questions of the protocol, answered: one resource, or a page of them. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { House } from '../../access/index.ts'
import { type Act, setBased } from '../../db/index.ts'
import type { Holder } from '../tokens/holder.ts'
import { type Attributes, find, normalPath } from './attributes.ts'
import { notThere, ScimError } from './errors.ts'
import { conditionOf, readFilter } from './filter.ts'
import { groupAttributes, groupKeys, groupsOf } from './groups.ts'
import { projected, type Wanted, wantedOf, wants } from './projection.ts'
import { type Asked, attributesFor, keyOf, nameAll, POPULATION, pageOf, read } from './roster.ts'
import { MOST, USUAL } from './schemas.ts'
import type { RosterSource } from './sources.ts'
import { GROUP, LIST, USER } from './urns.ts'
import { type Resource, userOf } from './user.ts'

export type Kind = 'User' | 'Group'
const CORE = { User: USER, Group: GROUP } as const

const several = z.union([z.string(), z.array(z.string()).transform((all) => all.join(','))])
/** What a list is asked with, in an address or in a body. */
export const question = z.object({
  filter: z.string().optional(),
  sortBy: z.string().max(200).optional(),
  sortOrder: z.enum(['ascending', 'descending']).optional(),
  startIndex: z.coerce.number().int().max(10_000_000).optional(),
  count: z.coerce.number().int().max(10_000_000).optional(),
  attributes: several.optional(),
  excludedAttributes: several.optional(),
})
export type Question = z.infer<typeof question>

export type Desk = { act: Act; house: House; holder: Holder; sources: readonly RosterSource[] }

function asked(
  attributes: Attributes,
  core: string,
  { filter, sortBy, sortOrder, startIndex = 1, count = USUAL }: Question,
): Asked {
  const where = filter === undefined || filter === '' ? null : conditionOf(readFilter(filter), attributes, core)
  const by = sortBy === undefined ? undefined : find(attributes, normalPath(sortBy, core))
  if (sortBy !== undefined && (!by || by.part !== null))
    throw new ScimError(400, 'cannot be sorted by this attribute', 'invalidPath')
  return {
    where,
    order: by && by.part === null ? { by: by.attribute.sql, descending: sortOrder === 'descending' } : null,
    startIndex: Math.max(1, startIndex),
    count: Math.min(MOST, Math.max(0, count)),
  }
}

export async function list(desk: Desk, kind: Kind, wish: Question): Promise<Record<string, unknown>> {
  const { act, house, holder, sources } = desk
  const attributes = kind === 'User' ? attributesFor(holder, sources) : groupAttributes(holder)
  const wanted = wantedOf(wish.attributes, wish.excludedAttributes, CORE[kind])
  const ask = asked(attributes, CORE[kind], wish)
  // Groups are found by their members: who has no name yet gets one before that is asked.
  if (kind === 'Group' && ask.where) {
    await setBased(act, POPULATION)
    await nameAll(act, house, holder)
  }
  const { keys, total } = kind === 'User' ? await pageOf(act, house, holder, ask) : await groupKeys(act, ask)
  const resources = await resourcesOf(desk, kind, keys, wanted)
  return {
    schemas: [LIST],
    totalResults: total,
    startIndex: ask.startIndex,
    itemsPerPage: resources.length,
    Resources: resources.map((one) => projected(one, wanted)),
  }
}

async function resourcesOf(
  { act, house, holder, sources }: Desk,
  kind: Kind,
  keys: readonly string[],
  wanted: Wanted,
): Promise<Resource[]> {
  const found =
    kind === 'User'
      ? (await read(act, holder, sources, keys)).map((person) => userOf(person, sources, house.settings.publicUrl))
      : await groupsOf(act, house, holder, keys, wants(wanted, 'members'))
  return found.map((one) => ({ ...one, meta: { ...one.meta, version: versionOf(one) } }))
}

/** The same for whoever is told the same. */
const versionOf = (resource: Resource): string =>
  `W/"${createHash('sha256').update(JSON.stringify(resource)).digest('base64url').slice(0, 22)}"`

const ID = /^[\w-]{1,64}$/
const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i

/** @throws ScimError 404, for whoever is not told of as for whoever is not there */
export async function one(
  desk: Desk,
  kind: Kind,
  id: string,
  wanted: Wanted,
): Promise<{ key: string; resource: Resource }> {
  const { act, house, holder } = desk
  if (!ID.test(id)) throw notThere(kind)
  let key = kind === 'Group' ? (UUID.test(id) ? id : undefined) : await keyOf(act, holder, id)
  if (key === undefined && kind === 'User') {
    await nameAll(act, house, holder)
    key = await keyOf(act, holder, id)
  }
  const [resource] = key === undefined ? [] : await resourcesOf(desk, kind, [key], wanted)
  if (!resource || key === undefined) throw notThere(kind)
  return { key, resource }
}
