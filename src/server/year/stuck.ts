/** Whom a refusal was for: everybody in the year speaks under a name, so that a year that cannot go on says who could not do what. */
import { Refusal } from '../../base/errors.ts'
import type { Caller } from '../caller.ts'
import { explainFailure } from '../say.ts'

type Told = { kind?: string; code?: string }

const told = (error: unknown): Told =>
  error instanceof Refusal
    ? { kind: error.kind, code: error.code }
    : error instanceof Stuck
      ? told(error.cause)
      : ((error as { data?: Told }).data ?? {})

/** The product's code of a failure, whoever it was for; empty where there is none. */
export const codeOf = (error: unknown): string => told(error).code ?? ''

/** A refusal, with the login of the one who was refused. */
export class Stuck extends Error {
  readonly login: string
  constructor(login: string, cause: unknown) {
    super(`${login}: ${codeOf(cause)}`, { cause })
    this.login = login
  }
}

/** What the product refuses; a lost database or a fault of the program is nobody's. */
const REFUSALS = new Set(['invalid', 'forbidden', 'not_found', 'conflict', 'refused', 'limited'])

/** The same caller; what is refused to it carries its login. */
export const under = (login: string, caller: Caller): Caller => named(caller, login) as Caller

function named<T extends object>(target: T, login: string): T {
  return new Proxy(target, {
    get: (of, key) => {
      const value: unknown = Reflect.get(of, key)
      const wrapped = typeof value === 'function' || (typeof value === 'object' && value !== null)
      return wrapped && typeof key === 'string' && key !== 'then' ? named(value, login) : value
    },
    apply: async (of, self, args) => {
      try {
        return await Reflect.apply(of as never, self, args)
      } catch (error) {
        throw REFUSALS.has(told(error).kind ?? '') ? new Stuck(login, error) : error
      }
    },
  })
}

/** Runs a step of the year. @throws Refusal `server.year_stuck` naming the login, the class and the step */
export async function inStep(
  what: { course?: { code: string; name: string }; step: string },
  run: () => Promise<void>,
) {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    const { course, step } = what
    throw new Refusal('refused', 'server.year_stuck', {
      login: error.login,
      what: [course && `${course.code} ${course.name}`, step].filter(Boolean).join(' · '),
      reason: explainFailure(error.cause),
    })
  }
}
