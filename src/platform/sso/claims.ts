/** What a platform may learn about somebody, by scope: each claim is read from the record under one's own sight, never typed again. */
import { sql } from 'kysely'
import { type House, ROLES, type SignedIn } from '../access/index.ts'
import { type Act, prepared, transact } from '../db/index.ts'
import type { Gets } from './contract.ts'

/** A value as platforms get it: a text, or things with a code and a name. */
export type ClaimValue = string | { code: string; name: string }[]

/**
 * One scope and its claims. `read` gets an act that sees the person alone, and answers null for what is not known.
 * Modules that know more about people bring their own, and the composition root hands them over.
 */
export type ClaimSource = {
  scope: string
  claims: readonly string[]
  read: (act: Act, actor: SignedIn) => Promise<Record<string, ClaimValue | null>>
}

type Known = {
  name: string | null
  number: string | null
  school: string | null
  schoolCode: string | null
  district: string | null
  districtCode: string | null
}

const asked = new WeakMap<Act, Promise<Known>>()

/** Asked once an act, whichever scopes want a part of it. */
function known(act: Act, actor: SignedIn): Promise<Known> {
  const before = asked.get(act)
  if (before) return before
  const now = read(act, actor)
  asked.set(act, now)
  return now
}

async function read(act: Act, actor: SignedIn): Promise<Known> {
  const { rows } =
    await sql<Known>`${prepared}select p.name, p.number, o.name as school, coalesce(o.code, o.id::text) as school_code,
      d.name as district, coalesce(d.code, d.id::text) as district_code
    from access.account a left join directory.person p on p.id = a.person_id
      join directory.organisation o on o.id = coalesce(p.org_id, a.org_id)
      left join directory.organisation d on d.kind = 'district' and d.path @> o.path
    where a.id = ${actor.account}`.execute(act.tx)
  return rows[0]!
}

const BASIC: ClaimSource[] = [
  {
    scope: 'profile',
    claims: ['name', 'locale'],
    read: async (act, actor) => ({ name: (await known(act, actor)).name ?? actor.name, locale: actor.locale }),
  },
  {
    scope: 'number',
    claims: ['teacher_number'],
    read: async (act, actor) => ({ teacher_number: (await known(act, actor)).number }),
  },
  {
    scope: 'school',
    claims: ['school', 'district'],
    read: async (act, actor) => {
      const { school, schoolCode, district, districtCode } = await known(act, actor)
      return {
        school: school && schoolCode ? [{ code: schoolCode, name: school }] : null,
        district: district && districtCode ? [{ code: districtCode, name: district }] : null,
      }
    },
  },
  {
    scope: 'roles',
    claims: ['roles'],
    read: async (_, { assignments }) => ({
      roles: [...new Set(assignments.map(({ role }) => role))].map((role) => ({ code: role, name: ROLES[role].zh })),
    }),
  },
]

/** The claims of the house: its own, and those that modules bring. */
export class ClaimBook {
  readonly sources: readonly ClaimSource[]
  constructor(more: readonly ClaimSource[]) {
    this.sources = [...BASIC, ...more]
  }

  get scopes(): string[] {
    return this.sources.map(({ scope }) => scope)
  }

  /** Scope by scope, as the protocol wants it declared. */
  get declared(): Record<string, string[]> {
    return Object.fromEntries(this.sources.map(({ scope, claims }) => [scope, [...claims]]))
  }

  /** The actual values, in one act that sees nobody else. */
  async valuesOf(house: House, actor: SignedIn, scopes: readonly string[]): Promise<Record<string, ClaimValue>> {
    const wanted = this.sources.filter(({ scope }) => scopes.includes(scope))
    const found: Record<string, ClaimValue> = {}
    if (wanted.length === 0) return found
    const ask = { actor, permission: 'self', scope: { paths: [], self: true }, readOnly: true }
    await transact(house.db, ask, async (act) => {
      for (const source of wanted)
        for (const [claim, value] of Object.entries(await source.read(act, actor)))
          if (value !== null && value.length > 0) found[claim] = value
    })
    return found
  }

  /** The same as people are shown it: every claim of the scopes, also those that nothing is known of. */
  async shownTo(house: House, actor: SignedIn, scopes: readonly string[]): Promise<Gets> {
    const values = await this.valuesOf(house, actor, scopes)
    return this.sources
      .filter(({ scope }) => scopes.includes(scope))
      .map(({ scope, claims }) => ({ scope, values: claims.map((claim) => ({ claim, value: values[claim] ?? null })) }))
  }
}
