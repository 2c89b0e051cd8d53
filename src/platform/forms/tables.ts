/** Row types of forms. */
type FormRow = { version: string; definition: unknown; recordedAt: string }

export type FormsTables = { 'forms.form': FormRow }
