/** What the doctor finds: its code names the check and the case, and is the key of the sentence and of the remedy. */
import type { RefusalData } from '../../base/errors.ts'

export type State = 'ok' | 'warning' | 'fault' | 'skipped'

/** `code` is `check.case`, for instance `schema.pending`. */
export type Finding = { state: State; code: string; data: RefusalData }

const make =
  (state: State) =>
  (code: string, data: RefusalData = {}): Finding => ({ state, code, data })

export const ok = make('ok')
/** Works, and will not for ever. */
export const warning = make('warning')
export const fault = make('fault')
export const skipped = make('skipped')
