/** How every procedure of the product is declared: with the permission that scopes it. */
import { oc } from '@orpc/contract'
import { z } from 'zod'

/**
 * `public` needs no sign-in; `self` any sign-in; everything else is a permission id of a module. `fresh`: whoever does it has said within
 * the last quarter of an hour that it is still them.
 */
export type ProcedureMeta = { permission: string; kind: 'query' | 'command'; fresh?: boolean }

const base = oc.$meta<ProcedureMeta>({ permission: '', kind: 'query' })

/** A read: served as GET, run in a read-only transaction. */
export const query = (permission: string, summary: string) =>
  base.meta({ permission, kind: 'query' }).route({ method: 'GET', summary, tags: [tag(permission)] })

/** A change: served as POST, one transaction, audited. `fresh` for acts that whoever finds an open screen must not be able to do. */
export const command = (permission: string, summary: string, { fresh = false }: { fresh?: boolean } = {}) =>
  base
    .meta({ permission, kind: 'command', ...(fresh ? { fresh } : {}) })
    .route({ method: 'POST', summary, tags: [tag(permission)] })

const tag = (permission: string): string => permission.split('.')[0]!

export const id = z.uuid()
export const civilDate = z.iso.date()
/** An exact decimal as PostgreSQL prints it, for instance "12.50". */
export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)

/** A page of a list: opaque cursor of the next page, or null on the last. */
export const page = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), next: z.string().nullable(), total: z.number().int() })
export const paging = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
