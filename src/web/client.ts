/** The typed client of the whole API, same origin, same cookie. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../server/contract.ts'
import { askAgain } from '../ui/again.ts'
import type { Clients } from '../ui/client.tsx'
import { troubleOf } from '../ui/trouble.ts'

const link = new RPCLink({
  url: `${location.origin}/rpc`,
  fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
  interceptors: [
    // An act that wants to know whether it is still the same person waits for the answer and is tried once more.
    async ({ next }) => {
      try {
        return await next()
      } catch (error) {
        if (troubleOf(error).code !== 'access.confirm_first' || !(await askAgain())) throw error
        return next()
      }
    },
  ],
})

export const client: ContractRouterClient<Contract> = createORPCClient(link)

/** A module's part; the page knows its own contract, the shell needs none of them. */
export const clients: Clients = (module) => client[module as keyof typeof client] as never
