/** Accounts, sign-in and roles: what others see of access; and how every procedure of the product is declared. */
import { z } from 'zod'
import { command, id, page, paging, query } from './contract/declare.ts'
import { oversightProcedures } from './contract/oversight.ts'
import { enteredBy, secondProcedures } from './contract/second.ts'

export { civilDate, command, decimal, id, type ProcedureMeta, page, paging, query } from './contract/declare.ts'
export type { Assertion, Attestation } from './contract/second.ts'

const assignment = z.object({ role: z.string(), orgId: id, orgPath: z.string(), orgName: z.string() })

export const me = z.object({
  account: z.object({
    id,
    login: z.string(),
    name: z.string(),
    locale: z.string(),
    mustChangePassword: z.boolean(),
    /** Nothing else may be done before a second factor has been set up. */
    mustAddSecond: z.boolean(),
  }),
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
  /** `emergency` is the instant at which a role taken in an emergency ends. */
  roles: z.array(
    assignment.extend({
      orgNameEn: z.string().nullable(),
      emergency: z.string().optional(),
      emergencyId: id.optional(),
    }),
  ),
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
  kind: z.enum(['person', 'service']),
  /** Who answers for a service's account. */
  owner: z.string().nullable(),
  purpose: z.string().nullable(),
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
    .output(enteredBy),
  signOut: command('public', 'Sign out').output(z.object({})),
  changePassword: command('self', 'Change one’s own password; other sessions end')
    .input(z.object({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) }))
    .output(z.object({})),
  setLocale: command('self', 'Remember the language')
    .input(z.object({ locale: z.enum(['zh-CN', 'en']) }))
    .output(z.object({})),
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
  createAccount: command('access.account.write', 'Create an account with an initial password that must be changed', {
    fresh: true,
  })
    .input(
      z.object({
        login: z.string().trim().min(3).max(64),
        name: z.string().trim().min(1).max(64),
        orgId: id,
        personId: id.optional(),
      }),
    )
    .output(z.object({ id, initialPassword: z.string() })),
  resetPassword: command(
    'access.account.write',
    'Set a new initial password; sessions end. Not for those who run, guard or check the system: two people recover them',
    { fresh: true },
  )
    .input(z.object({ accountId: id }))
    .output(z.object({ initialPassword: z.string() })),
  disableAccount: command('access.account.write', 'Disable or enable an account', { fresh: true })
    .input(z.object({ accountId: id, disabled: z.boolean() }))
    .output(z.object({})),
  grantRole: command('access.role.write', 'Give a role at an organisation', { fresh: true })
    .input(z.object({ accountId: id, role: z.string(), orgId: id }))
    .output(z.object({})),
  endRole: command('access.role.write', 'End a role', { fresh: true })
    .input(z.object({ accountId: id, assignmentId: id }))
    .output(z.object({})),
  ...secondProcedures,
  ...oversightProcedures,
}
