/** What a form on the screen is given, and whom it tells. */
import type { AnswerProblem, Answers, Filled } from '../../platform/forms/contract.ts'
import type { Locale } from '../locale.ts'

export type FormProps = {
  /** As the server hands it out for the screen (`surveyOf`). */
  definition: object
  /** Where filling in begins; what is typed afterwards stays here, whatever comes back from saving. */
  answers: Answers
  /** Questions that the product answered: shown, not asked. */
  filled?: readonly Filled[]
  /** Where a person has these corrected. */
  correctAt?: string
  readOnly?: boolean
  locale?: Locale
  /** All answers, a moment after typing rests and before the page is left. The caller saves them and says so beside the form. */
  onChange?: (answers: Answers) => void
  /** Handed on with every key: where nothing is saved before a button beside the form is pressed. */
  atOnce?: boolean
  /** The person hands in, and every page is in order on the screen. */
  onWhole?: (answers: Answers) => void
  /** What handing in is called here: 提交申报. */
  wholeLabel?: string
  busy?: boolean
  /** What the server found wrong, said at the place and above. */
  problems?: readonly AnswerProblem[]
}
