/** Signing in by steps, one's own second factors, sessions and sign-ins. */
import { z } from 'zod'
import { civilDate, command, id, query } from './declare.ts'

/** By what an account that has more than a password may go on. */
export const secondWays = z.object({ app: z.boolean(), passkey: z.boolean(), codes: z.boolean() })

/** How far somebody has come: in, or before the second step. */
export const enteredBy = z.object({
  mustChangePassword: z.boolean(),
  mustAddSecond: z.boolean().describe('Nothing else may be done before a second factor has been set up'),
  second: secondWays.nullable().describe('What the second step may be done with; null when there is none to do'),
})

/** What a browser's authenticator answers, as WebAuthn writes it in JSON; read by the library that checks it. */
const assertion = z.object({
  id: z.string().max(2_000),
  rawId: z.string().max(2_000),
  response: z.object({
    clientDataJSON: z.string().max(4_000),
    authenticatorData: z.string().max(4_000),
    signature: z.string().max(4_000),
    userHandle: z.string().max(400).optional(),
  }),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  type: z.literal('public-key'),
})
const attestation = z.object({
  id: z.string().max(2_000),
  rawId: z.string().max(2_000),
  response: z.object({
    clientDataJSON: z.string().max(4_000),
    attestationObject: z.string().max(20_000),
    authenticatorData: z.string().max(4_000).optional(),
    transports: z.array(z.string().max(40)).max(10).optional(),
    publicKeyAlgorithm: z.number().optional(),
    publicKey: z.string().max(4_000).optional(),
  }),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  type: z.literal('public-key'),
})
export type Assertion = z.infer<typeof assertion>
export type Attestation = z.infer<typeof attestation>

/** What the browser's authenticator is asked, as the WebAuthn library of the browser takes it. */
const asked = z.object({ challengeId: id, options: z.record(z.string(), z.unknown()) })
/** A name that tells one factor from another: “my phone”. */
const factorName = z.string().trim().min(1).max(40)
const code = z.string().trim().min(6).max(40)
/** Told once, where the first factor was set up. */
const codes = z.object({ codes: z.array(z.string()).nullable() })

export const session = z.object({
  id,
  createdAt: z.string(),
  seenAt: z.string(),
  ip: z.string().nullable(),
  agent: z.string().nullable(),
  methods: z.array(z.string()).describe('Authentication methods as RFC 8176 names them: pwd, otp, hwk, swk, mfa …'),
  current: z.boolean(),
})
export const signInRow = z.object({
  id,
  at: z.string(),
  outcome: z.enum(['signed_in', 'refused', 'second_refused', 'locked', 'disabled']),
  method: z.string(),
  ip: z.string().nullable(),
  agent: z.string().nullable(),
  newDevice: z.boolean(),
  via: z.object({ zh: z.string(), en: z.string().nullable() }).nullable().describe('The other provider that vouched'),
})
const factor = z.object({ id, name: z.string(), createdAt: z.string(), usedAt: z.string().nullable() })

export const secondProcedures = {
  completeSignIn: command('public', 'The second step of signing in: a code of the app, or a recovery code')
    .input(z.object({ code }))
    .output(enteredBy),
  passkeyChallenge: command(
    'public',
    'What a passkey is asked: to sign in by it alone, as the second step, or to confirm that it is still oneself',
  )
    .input(
      z.object({ alone: z.boolean().optional().describe('To sign in by it alone, whatever waits in this browser') }),
    )
    .output(asked),
  signInByPasskey: command('public', 'Sign in by a passkey alone, or take the second step with it')
    .input(z.object({ challengeId: id, response: assertion, alone: z.boolean().optional() }))
    .output(enteredBy),

  security: query('self', 'One’s own second factors, and whether one must have one').output(
    z.object({
      apps: z.array(factor),
      passkeys: z.array(factor.extend({ synced: z.boolean() })),
      codesLeft: z.number().int(),
      /** `asked` is only recommended; `enforced` closes everything else after the last day. Null where no role needs it. */
      duty: z.object({ state: z.enum(['asked', 'enforced']), due: civilDate.nullable() }).nullable(),
      password: z.boolean(),
    }),
  ),
  beginApp: command('self', 'Begin setting up an authenticator app: its secret is told once', { fresh: true })
    .input(z.object({ name: factorName }))
    .output(z.object({ id, secret: z.string(), uri: z.string() })),
  confirmApp: command('self', 'Its first code: from now on the app is asked for at sign-in')
    .input(z.object({ id, code }))
    .output(codes),
  beginPasskey: command('self', 'What the browser is asked to make a passkey', { fresh: true }).output(asked),
  addPasskey: command('self', 'Keep the passkey that the browser made')
    .input(z.object({ challengeId: id, name: factorName, response: attestation }))
    .output(codes),
  removeFactor: command('self', 'Remove an app or a passkey', { fresh: true })
    .input(z.object({ id }))
    .output(z.object({})),
  newRecoveryCodes: command('self', 'Make recovery codes anew; the old ones end', { fresh: true }).output(
    z.object({ codes: z.array(z.string()) }),
  ),
  confirm: command('self', 'Say that it is still oneself, before an act that asks for it')
    .input(
      z.object({
        password: z.string().min(1).max(200).optional(),
        code: code.optional(),
        passkey: z.object({ challengeId: id, response: assertion }).optional(),
      }),
    )
    .output(z.object({})),

  sessions: query('self', 'One’s own sessions').output(z.array(session)),
  endSession: command('self', 'End one session of one’s own').input(z.object({ id })).output(z.object({})),
  closeOtherSessions: command('self', 'End all other sessions of one’s own').output(z.object({})),
  signIns: query('self', 'The last sign-ins of one’s own, and what was refused').output(z.array(signInRow)),
}
