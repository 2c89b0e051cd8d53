/** Guarding accounts: their sessions and second factors, recovery by two people, roles taken in an emergency, service accounts. */
import { z } from 'zod'
import { civilDate, command, id, query } from './declare.ts'
import { session, signInRow } from './second.ts'

const reason = z.string().trim().min(6).max(400)

/** The password only of whoever runs, guards or checks the system: everybody else's is reset. */
const lost = z.enum(['factor', 'password'])

const recovery = z.object({
  id,
  accountId: id,
  login: z.string(),
  name: z.string(),
  orgName: z.string(),
  lost,
  reason: z.string(),
  askedBy: z.string(),
  askedAt: z.string(),
  state: z.enum(['waiting', 'approved', 'refused']),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  mine: z.boolean().describe('Asked for by the asker, or about them: somebody else decides'),
})

const emergency = z.object({
  id,
  accountId: id,
  name: z.string(),
  role: z.string(),
  orgName: z.string(),
  reason: z.string(),
  begunAt: z.string(),
  endsAt: z.string(),
  endedAt: z.string().nullable(),
  /** Acts in the trail that were done under it. */
  acts: z.number().int(),
})

/** Why an account is on the list of those to look at. */
export const WARNINGS = ['no_second', 'no_person', 'many_places', 'idle', 'owner_gone', 'failures'] as const
const warning = z.object({
  accountId: id,
  login: z.string(),
  name: z.string(),
  orgName: z.string(),
  why: z.enum(WARNINGS),
  /** How many, since when: what the sentence needs. */
  count: z.number().int().nullable(),
  since: z.string().nullable(),
})

export const oversightProcedures = {
  accountSecurity: query('access.security.read', 'Sessions, sign-ins and second factor of an account in scope')
    .input(z.object({ accountId: id }))
    .output(
      z.object({
        second: z.boolean(),
        due: civilDate.nullable(),
        sessions: z.array(session),
        signIns: z.array(signInRow),
      }),
    ),
  accountWarnings: query('access.security.read', 'Accounts in scope that somebody should look at').output(
    z.array(warning),
  ),
  endAccountSession: command('access.security.write', 'End a session of an account in scope')
    .input(z.object({ accountId: id, sessionId: id }))
    .output(z.object({})),

  askRecovery: command(
    'access.recovery.ask',
    'Ask that somebody who lost their second factor, or the password of an office, be let in again',
  )
    .input(z.object({ accountId: id, lost: lost.default('factor'), reason }))
    .output(z.object({ recoveryId: id })),
  recoveries: query('access.recovery.read', 'Recoveries that were asked for in scope, the latest first').output(
    z.array(recovery),
  ),
  decideRecovery: command(
    'access.recovery.decide',
    'Approve or refuse a recovery that somebody else asked for; the code or initial password is told once',
    { fresh: true },
  )
    .input(z.object({ accountId: id, recoveryId: id, approve: z.boolean() }))
    .output(z.object({ code: z.string().nullable(), initialPassword: z.string().nullable() })),

  takeEmergency: command('access.emergency.take', 'Take a role in an emergency, for hours; it is reported at once', {
    fresh: true,
  })
    .input(z.object({ role: z.string().max(32), orgId: id, hours: z.coerce.number().int().min(1).max(72), reason }))
    .output(z.object({ emergencyId: id, endsAt: z.string() })),
  endOwnEmergency: command('self', 'Give back a role taken in an emergency')
    .input(z.object({ emergencyId: id }))
    .output(z.object({})),
  emergencies: query('access.emergency.read', 'Roles taken in an emergency in scope, the latest first').output(
    z.array(emergency),
  ),
  endEmergency: command('access.security.write', 'End a role that somebody took in an emergency')
    .input(z.object({ accountId: id, emergencyId: id }))
    .output(z.object({})),

  grantTrust: command('access.trust.write', 'Give the role of a security administrator or an auditor', { fresh: true })
    .input(z.object({ accountId: id, role: z.enum(['security', 'auditor']), orgId: id }))
    .output(z.object({})),
  endTrust: command('access.trust.write', 'End such a role', { fresh: true })
    .input(z.object({ accountId: id, assignmentId: id }))
    .output(z.object({})),

  createServiceAccount: command(
    'access.account.service',
    'Create an account of a service, with somebody who answers for it',
    {
      fresh: true,
    },
  )
    .input(
      z.object({
        login: z.string().trim().min(3).max(64),
        name: z.string().trim().min(1).max(64),
        orgId: id,
        ownerId: id,
        purpose: z.string().trim().min(4).max(200),
        endsOn: civilDate.optional(),
      }),
    )
    .output(z.object({ id })),
}
