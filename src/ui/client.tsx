/** How a page asks the server: a typed client of its own module's contract, and acts that report back to the person. */
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { currentLocale } from './locale.ts'
import { say } from './toast.ts'
import { wordTrouble } from './trouble.ts'

/** Gives the client of a module's part of the contract, for instance `clients<typeof contract>('training')`. */
export type Clients = <C extends AnyContractRouter>(module: string) => ContractRouterClient<C>

export const ClientsContext = createContext<Clients | null>(null)

/** `const training = useClient<typeof contract>('training')`, with the contract imported as a type only. */
export function useClient<C extends AnyContractRouter>(module: string): ContractRouterClient<C> {
  const clients = useContext(ClientsContext)
  if (!clients) throw new Error('No client here: render inside ClientsContext.')
  return clients<C>(module)
}

export type Act<Input, Answer> = {
  run: (input: Input) => Promise<Answer | undefined>
  busy: boolean
  error: unknown
  reset: () => void
}

/**
 * A command with its manners: says `done` when it worked, the reason when it did not, and asks again whatever it made
 * stale (`refresh` lists the beginnings of query keys). `run` answers undefined after a failure; `quiet` leaves the
 * wording of a failure to the page, which finds it in `error`.
 */
export function useAct<Input, Answer>(
  call: (input: Input) => Promise<Answer>,
  options: {
    done?: string | ((answer: Answer) => string)
    refresh?: readonly (readonly unknown[])[]
    quiet?: boolean
  } = {},
): Act<Input, Answer> {
  const queries = useQueryClient()
  const mutation = useMutation({
    mutationFn: call,
    onSuccess: async (answer) => {
      const { done } = options
      if (done) say(typeof done === 'string' ? done : done(answer))
      await Promise.all((options.refresh ?? []).map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
    onError: async (error) => {
      if (options.quiet) return
      const { text, reasons } = await wordTrouble(error, currentLocale())
      say([text, ...reasons].join('\n'), 'alert')
    },
  })
  return {
    run: (input) => mutation.mutateAsync(input).catch(() => undefined),
    busy: mutation.isPending,
    error: mutation.error,
    reset: mutation.reset,
  }
}
