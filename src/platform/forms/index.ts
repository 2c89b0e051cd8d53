/** The forms door: forms are checked and kept by version; answers are checked, filled in, told and made anonymous. Pure but for the two that keep. */

export { type Checked, checkAnswers } from './answers/check.ts'
export { withoutHidden } from './answers/shown.ts'
export { checkForm, type Problem, readForm } from './language/check.ts'
export { type FormDefinition, formSchema } from './language/schema.ts'
export type { Form } from './language/walk.ts'
export { type Prefilled, prefilled, withPrefill } from './prefill.ts'
export { type Hit, type Redaction, redact, redacted, withoutIdentifying } from './redact.ts'
export { surveyOf } from './survey.ts'
export type { FormsTables } from './tables.ts'
export { told } from './told.ts'
export { formOf, formVersion, keepForm } from './version.ts'
