/** Reading policy parameters. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../access/index.ts'
import { policyContract } from './contract.ts'
import { packsInForce, parametersWithHistory } from './queries.ts'
import type { PolicyTables } from './tables.ts'

const os = implement(policyContract).$context<RequestContext>().use(guard<PolicyTables>())

export const policyApi = os.router({
  packs: os.packs.handler(({ context: { act } }) => packsInForce(act)),
  parameters: os.parameters.handler(({ context: { act }, input }) => parametersWithHistory(act, input)),
})
