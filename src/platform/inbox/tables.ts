/** Row types of the inbox. */
import type { ItemAct } from './contract.ts'

type ItemRow = {
  recipientId: string
  id: string
  addressedTo: 'account' | 'person' | 'role'
  role: string | null
  orgPath: string | null
  kind: 'todo' | 'message'
  code: string
  data: Record<string, unknown>
  link: string | null
  due: string | null
  key: string
  createdAt: string
  readAt: string | null
  doneAt: string | null
  act: ItemAct | null
}

export type InboxTables = { 'inbox.item': ItemRow }
