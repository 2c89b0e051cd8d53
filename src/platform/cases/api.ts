/** Calls and cases, room by room. */
import { applicationApi } from './applications/api.ts'
import { callApi } from './calls/api.ts'
import { noticeApi } from './notices/api.ts'
import { officeApi } from './office/api.ts'
import { panelApi } from './panel/api.ts'
import type { CasesHouseParts } from './parts.ts'
import { resultApi } from './results/api.ts'
import { reviewApi } from './review/api.ts'

export const casesApi = (parts: CasesHouseParts) => ({
  ...callApi(parts),
  ...applicationApi(parts),
  ...officeApi(parts),
  ...noticeApi(parts),
  ...reviewApi(parts),
  ...panelApi(parts),
  ...resultApi(parts),
})
