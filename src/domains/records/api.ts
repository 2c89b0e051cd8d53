/** Teacher records over the API, room by room. */
import type { FactBook } from '../../platform/policy/index.ts'
import { archiveApi } from './archive/api.ts'
import { changesApi } from './changes/api.ts'
import { growthApi } from './growth/api.ts'
import { movesApi } from './moves/api.ts'
import { qualityApi } from './quality/api.ts'
import { peopleApi } from './service/api.ts'

/** @param book the facts that the modules of the house declare: they tell what items are used for */
export const recordsApi = (book: FactBook) => ({
  ...peopleApi,
  ...qualityApi,
  ...movesApi,
  ...archiveApi(book),
  ...changesApi,
  ...growthApi,
})
