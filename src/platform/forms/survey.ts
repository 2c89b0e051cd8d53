/** A form as survey-core takes it, on the screen and here: without our own words, with what we leave unsaid said. */
import { type FormDefinition, MOST } from './language/schema.ts'

/** Words of our own: the product reads them, survey-core does not know them. */
const OURS = new Set(['from', 'whereCorrect', 'identifies'])

/** SurveyJS JSON for a `Model`. Its defaults are ours: no rows that nobody added, lengths, the check of an e-mail address. */
export function surveyOf(form: FormDefinition): object {
  const plain = JSON.parse(JSON.stringify(form, (key, value) => (OURS.has(key) ? undefined : value)))
  return { ...plain, pages: plain.pages.map(completed), clearInvisibleValues: 'onHidden' }
}

type Json = Record<string, unknown>

function completed(one: Json): Json {
  const own = { ...defaultsOf(one), ...one }
  for (const key of ['elements', 'columns', 'templateElements'])
    if (Array.isArray(own[key])) own[key] = own[key].map(completed)
  if (own.inputType === 'email') own.validators = [{ type: 'email' }, ...((own.validators as Json[] | undefined) ?? [])]
  return own
}

function defaultsOf({ type, cellType, minRowCount = 0, minPanelCount = 0 }: Json): Json {
  switch (cellType ?? type) {
    case 'text':
      return { maxLength: MOST.lineUnsaid }
    case 'comment':
      return { maxLength: MOST.textUnsaid }
    case 'matrixdynamic':
      return { rowCount: minRowCount, maxRowCount: MOST.rows }
    case 'paneldynamic':
      return { panelCount: minPanelCount, maxPanelCount: MOST.panels }
    default:
      return {}
  }
}
