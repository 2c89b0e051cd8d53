/** Reading policy: parameters, requirement sets, and why a person meets one or does not. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../access/index.ts'
import { policyContract } from './contract.ts'
import { explain } from './explain.ts'
import type { FactBook } from './facts.ts'
import { requirementsInForce } from './library.ts'
import { packsInForce, parametersWithHistory } from './queries.ts'
import type { PolicyTables } from './tables.ts'
import { exportWhatIf, whatIf, whatIfPeople } from './what-if.ts'

const os = implement(policyContract).$context<RequestContext>().use(guard<PolicyTables>())

/** @param book the facts that the modules of the house declare */
export const policyApi = (book: FactBook) =>
  os.router({
    explain: os.explain.handler(({ context: { act }, input }) => explain(act, book, input)),
    whatIf: os.whatIf.handler(({ context: { act }, input }) => whatIf(act, book, input)),
    whatIfPeople: os.whatIfPeople.handler(({ context: { act }, input }) => whatIfPeople(act, book, input)),
    exportWhatIf: os.exportWhatIf.handler(({ context: { act }, input: { locale, ...ask } }) =>
      exportWhatIf(act, book, ask, locale),
    ),
    requirements: os.requirements.handler(({ context: { act }, input }) => requirementsInForce(act, book, input)),
    packs: os.packs.handler(({ context: { act } }) => packsInForce(act)),
    parameters: os.parameters.handler(({ context: { act }, input }) => parametersWithHistory(act, input)),
  })
