/** How every procedure of the product is declared: with the permission that scopes it. */
import { oc } from '@orpc/contract'
import { z } from 'zod'

/** `public` needs no sign-in; `self` any sign-in; everything else is a permission id of a module. */
export type ProcedureMeta = { permission: string; kind: 'query' | 'command' }

const base = oc.$meta<ProcedureMeta>({ permission: '', kind: 'query' })

/** A read: served as GET, run in a read-only transaction. */
export const query = (permission: string, summary: string) =>
  base.meta({ permission, kind: 'query' }).route({ method: 'GET', summary, tags: [tag(permission)] })

/** A change: served as POST, one transaction, audited. */
export const command = (permission: string, summary: string) =>
  base.meta({ permission, kind: 'command' }).route({ method: 'POST', summary, tags: [tag(permission)] })

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

const assignment = z.object({ role: z.string(), orgId: id, orgPath: z.string(), orgName: z.string() })

export const me = z.object({
  account: z.object({ id, login: z.string(), name: z.string(), locale: z.string(), mustChangePassword: z.boolean() }),
  person: z
    .object({
      id,
      name: z.string(),
      number: z.string(),
      orgId: id,
      orgName: z.string(),
      orgNameEn: z.string().nullable(),
    })
    .nullable(),
  roles: z.array(assignment.extend({ orgNameEn: z.string().nullable() })),
  permissions: z.array(z.string()),
  clock: z.object({ now: z.string(), moved: z.boolean() }),
  demo: z.boolean(),
})

const accountRow = z.object({
  id,
  login: z.string(),
  name: z.string(),
  orgId: id,
  orgName: z.string(),
  active: z.boolean(),
  locked: z.boolean(),
  disabled: z.boolean(),
  roles: z.array(z.object({ id, role: z.string(), orgId: id, orgName: z.string() })),
})

export const accessContract = {
  /** Null when nobody is signed in. */
  me: query('public', 'Who is signed in, with roles, permissions and the product’s clock').output(me.nullable()),
  /** Empty and false wherever real people work. */
  door: query('public', 'What a demonstration offers before anybody signs in').output(
    z.object({
      demo: z.boolean(),
      accounts: z.array(z.object({ login: z.string(), password: z.string(), role: z.string(), org: z.string() })),
    }),
  ),
  signIn: command('public', 'Sign in with login name and password')
    .input(z.object({ login: z.string().trim().min(1).max(64), password: z.string().min(1).max(200) }))
    .output(z.object({ mustChangePassword: z.boolean() })),
  signOut: command('public', 'Sign out').output(z.object({})),
  changePassword: command('self', 'Change one’s own password; other sessions end')
    .input(z.object({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) }))
    .output(z.object({})),
  setLocale: command('self', 'Remember the language')
    .input(z.object({ locale: z.enum(['zh-CN', 'en']) }))
    .output(z.object({})),
  sessions: query('self', 'One’s own sessions').output(
    z.array(
      z.object({
        id: z.string(),
        createdAt: z.string(),
        seenAt: z.string(),
        ip: z.string().nullable(),
        agent: z.string().nullable(),
        current: z.boolean(),
      }),
    ),
  ),
  closeOtherSessions: command('self', 'End all other sessions of one’s own').output(z.object({})),
  matrix: query('access.role.read', 'Roles and permissions as a matrix').output(
    z.object({
      roles: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string(), reach: z.string() })),
      permissions: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string(), roles: z.array(z.string()) })),
    }),
  ),
  accounts: query('access.account.read', 'Accounts in scope')
    .input(
      paging.extend({
        search: z.string().max(64).optional(),
        orgId: id.optional(),
        role: z.string().max(32).optional(),
      }),
    )
    .output(page(accountRow)),
  createAccount: command('access.account.write', 'Create an account with an initial password that must be changed')
    .input(
      z.object({
        login: z.string().trim().min(3).max(64),
        name: z.string().trim().min(1).max(64),
        orgId: id,
        personId: id.optional(),
      }),
    )
    .output(z.object({ id, initialPassword: z.string() })),
  resetPassword: command('access.account.write', 'Set a new initial password; sessions end')
    .input(z.object({ accountId: id }))
    .output(z.object({ initialPassword: z.string() })),
  disableAccount: command('access.account.write', 'Disable or enable an account')
    .input(z.object({ accountId: id, disabled: z.boolean() }))
    .output(z.object({})),
  grantRole: command('access.role.write', 'Give a role at an organisation')
    .input(z.object({ accountId: id, role: z.string(), orgId: id }))
    .output(z.object({})),
  endRole: command('access.role.write', 'End a role')
    .input(z.object({ accountId: id, assignmentId: id }))
    .output(z.object({})),
}
