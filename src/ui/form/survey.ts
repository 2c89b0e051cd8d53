/** The survey-core side of a form: one model per form on the screen, in the product's languages and manners. */
import {
  CustomError,
  type Question,
  type QuestionMatrixDynamicModel,
  RendererFactory,
  SurveyModel,
  settings,
  surveyLocalization,
} from 'survey-core'
import 'survey-core/i18n/simplified-chinese'
import type { AnswerProblem, Answers, Filled } from '../../platform/forms/contract.ts'
import type { Locale } from '../locale.ts'

/** Where the component's Chinese is a translation. */
const AS_OFFICES_WRITE = {
  optionsCaption: '请选择',
  ratingOptionsCaption: '请选择',
  requiredError: '请填写此项',
  requiredErrorInPanel: '请至少填写一项',
  requiredInAllRowsError: '请逐行填写',
  removeRow: '删除',
  removePanel: '删除',
  addRow: '添加一行',
  addPanel: '添加一项',
  noRowsText: '尚未填写',
  emptyRowsText: '尚未填写',
  noEntriesText: '尚未填写',
}

// The product's name of the language, and the one in which texts without a language are written.
surveyLocalization.locales['zh-CN'] = { ...surveyLocalization.locales['zh-cn'], ...AS_OFFICES_WRITE }
surveyLocalization.defaultLocale = 'zh-CN'
settings.animationEnabled = false
settings.titleTags = { survey: 'h2', page: 'h2', panel: 'h3', question: 'div' }

const KINDS =
  'text comment radiogroup checkbox dropdown boolean rating matrixdynamic matrixdropdown paneldynamic'.split(' ')
for (const kind of KINDS) RendererFactory.Instance.registerRenderer(kind, 'filled', 'q-filled')

export type Ask = { definition: object; answers: Answers; filled: readonly Filled[]; readOnly: boolean; locale: Locale }

export function modelOf({ definition, answers, filled, readOnly, locale }: Ask): SurveyModel {
  const model = new SurveyModel(definition)
  model.locale = locale
  model.showTitle = false
  model.showNavigationButtons = false
  model.showProgressBar = false
  model.showCompletePage = false
  model.showQuestionNumbers = false
  model.autoFocusFirstQuestion = false
  model.questionErrorLocation = 'bottom'
  model.textUpdateMode = 'onTyping'
  model.widthMode = 'responsive'
  model.isCompact = true
  model.onAfterRenderQuestionInput.add((_, { question, htmlElement }) => named(question, htmlElement))
  model.data = structuredClone(answers)
  for (const question of model.getAllQuestions(false, false, true)) ownManners(question)
  for (const { question: name } of filled) {
    const question = model.getQuestionByName(name)
    if (!question) continue
    question.readOnly = true
    question.isRequired = false
    question.renderAs = 'filled'
  }
  if (readOnly) model.readOnly = true
  // What was hidden when it was saved is not answered: as the server sees it.
  else
    for (const question of model.getAllQuestions())
      if (!question.isVisible && !question.isEmpty()) question.clearValue()
  return model
}

/** The platform's own list: on a phone it opens the wheel people know. Truths are two buttons, not a switch that stands on one side. */
function ownManners(question: Question): void {
  if (question.getType() === 'dropdown') question.renderAs = 'select'
  if (question.getType() === 'boolean') question.renderAs = 'radio'
  // Titles of columns without a row below them say nothing.
  if (question.getType() === 'matrixdynamic') (question as QuestionMatrixDynamicModel).hideColumnsIfEmpty = true
}

/** The platform's own list comes without a name for those who hear it. */
function named(question: Question, element: HTMLElement | null): void {
  const select = element instanceof HTMLSelectElement ? element : element?.querySelector('select')
  if (!select) return
  if (!select.labels?.length) select.setAttribute('aria-label', question.locTitle.renderedHtml)
  // The sign beside it looks like a button and is none.
  select.closest('.sd-formbox')?.querySelector('.sd-editor-chevron-button')?.setAttribute('aria-hidden', 'true')
}

/** A place in the form where something is wrong. `title` is empty where the text says it. */
export type Wrong = { question: Question; title: string; text: string }

/** Found by the server, whose sentences name the question. */
const fromServer = new WeakSet<object>()

/** All that the model finds wrong now, cells and repeated groups included, in the order of the form. */
export function wrongIn(model: SurveyModel): Wrong[] {
  return model.getAllQuestions(true).flatMap((question) => wrongOf(question))
}

function wrongOf(question: Question, within = ''): Wrong[] {
  const title = within ? `${within} · ${question.locTitle.renderedHtml}` : question.locTitle.renderedHtml
  const own = question.errors.map((error) => ({
    question,
    title: fromServer.has(error) ? '' : title,
    text: error.getText(),
  }))
  return [...own, ...(question.getNestedQuestions(true) ?? []).flatMap((inner) => wrongOf(inner, title))]
}

/** Puts what the server found at its place; what has no place is returned. */
export function place(model: SurveyModel, problems: readonly AnswerProblem[], locale: Locale): AnswerProblem[] {
  return problems.filter((problem) => {
    const top = model.getQuestionByName(problem.question)
    const at = top && problem.row !== undefined ? inner(top, problem.row, problem.cell) : top
    const error = new CustomError(locale === 'en' ? problem.en : problem.zh)
    fromServer.add(error)
    at?.addError(error)
    return !at
  })
}

type Rows = {
  visibleRows?: { getQuestionByName(name: string): Question }[]
  panels?: { getQuestionByName(name: string): Question }[]
}

function inner(top: Question, row: number, cell = ''): Question {
  const { visibleRows, panels } = top as unknown as Rows
  return (visibleRows ?? panels)?.[row - 1]?.getQuestionByName(cell) ?? top
}
