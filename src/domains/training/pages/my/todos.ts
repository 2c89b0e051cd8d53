/** To-dos of one's own from the inbox, in words; those that this page asks in its own way are left out. */
import { useQuery } from '@tanstack/react-query'
import type { deskContract } from '../../../../platform/desk/contract.ts'
import { useClient } from '../../../../ui/client.tsx'
import { useLocale } from '../../../../ui/locale.ts'
import { loadWords, type Values } from '../../../../ui/words.ts'

type Todo = { id: string; text: string; due: string | null; overdue: boolean; link: string | null }

const ASKED_HERE = 'training.todo.answer'
/** Rows on the home page; the inbox has the rest. */
const SHOWN = 5

/** Empty until they are there, and when the inbox cannot be asked: the rest of the card does not depend on it. */
export function useTodos(): readonly Todo[] {
  const desk = useClient<typeof deskContract>('desk')
  const locale = useLocale()
  const { data = [] } = useQuery({
    queryKey: ['inbox', 'own-todos', locale],
    queryFn: async () => {
      const { rows } = await desk.inbox({ kind: 'todo', open: true })
      const own = rows.filter(({ role, code }) => role === null && code !== ASKED_HERE).slice(0, SHOWN)
      return Promise.all(
        own.map(async ({ id, code, data: values, due, overdue, link }): Promise<Todo> => {
          const words = await loadWords(code.slice(0, code.indexOf('.')), locale)
          return { id, text: words(code, values as Values), due, overdue, link }
        }),
      )
    },
  })
  return data
}
