/** What the pages of offices ask the server, and what their acts make stale. */
import { useClient } from '../../../../ui/client.tsx'
import type { casesContract } from '../../contract.ts'

export type { BulkPreview, CaseRow, CaseView, PipelineView, TaskRow } from '../../contract/office.ts'

export const useCases = () => useClient<typeof casesContract>('cases')

export const KEYS = {
  tasks: ['cases', 'tasks'],
  calls: ['cases', 'handled'],
  call: ['cases', 'pipeline'],
  list: ['cases', 'list'],
  page: ['cases', 'page'],
} as const

/** After an act of an office. */
export const CHANGED = [KEYS.tasks, KEYS.calls, KEYS.call, KEYS.list, KEYS.page, ['nav-count'], ['inbox']] as const
