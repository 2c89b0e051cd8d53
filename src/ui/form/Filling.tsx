/** Filling in a form: its pages, what is wrong with it, and its answers handed on as they are typed. */

import { useEffect, useReducer, useRef, useState } from 'react'
import type { Question, SurveyModel } from 'survey-core'
import { Survey } from 'survey-react-ui'
import type { AnswerProblem } from '../../platform/forms/contract.ts'
import { Button } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import { useWords } from '../i18n.tsx'
import type { Locale } from '../locale.ts'
import { offerWords } from '../words.ts'
import { FilledIn, registerFilled } from './filled.tsx'
import type { FormProps } from './props.ts'
import { modelOf, place, type Wrong, wrongIn } from './survey.ts'
import 'survey-core/survey-core.fontless.min.css'
import './form.css'

offerWords('form', {
  'zh-CN': () => import('./messages/zh-CN.json', { with: { type: 'json' } }),
  en: () => import('./messages/en.json', { with: { type: 'json' } }),
})
registerFilled()

/** How long typing rests before answers are handed on, in milliseconds. */
const REST = 800
const NONE: readonly never[] = []

export default function Filling(props: FormProps & { locale: Locale }) {
  const { locale, onChange, onWhole, problems = NONE, filled = NONE, readOnly = false } = props
  const t = useWords('form')
  const [model] = useState(() => modelOf({ ...props, filled, readOnly }))
  const [wrong, setWrong] = useState<Wrong[]>([])
  const [unplaced, setUnplaced] = useState<AnswerProblem[]>([])
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const [lookedUp, lookUp] = useReducer((n: number) => n + 1, 0)
  const summary = useRef<HTMLElement>(null)
  const top = useRef<HTMLDivElement>(null)
  useHandedOn(model, onChange, props.atOnce ? 0 : REST)
  useEffect(() => {
    model.locale = locale
    setWrong((now) => (now.length > 0 ? wrongIn(model) : now))
  }, [model, locale])
  useEffect(() => {
    model.readOnly = readOnly
  }, [model, readOnly])
  useEffect(() => {
    if (problems.length === 0) return
    setUnplaced(place(model, problems, locale))
    setWrong(wrongIn(model))
    lookUp()
  }, [model, problems, locale])
  // After it is on the screen: a summary that was not there cannot take the focus.
  useEffect(() => {
    if (lookedUp > 0) summary.current?.focus()
  }, [lookedUp])

  const pages = model.visiblePages
  const at = Math.max(0, pages.indexOf(model.currentPage))
  const go = (to: number) => {
    model.currentPage = pages[to]
    redraw()
    top.current?.focus({ preventScroll: true })
    top.current?.scrollIntoView({ block: 'start' })
  }
  const handIn = () => {
    setUnplaced([])
    if (model.validate(true, false)) {
      setWrong([])
      onWhole?.(structuredClone(model.data))
      return
    }
    setWrong(wrongIn(model))
    lookUp()
  }
  const lead = (question: Question) => {
    model.focusQuestionByInstance(question)
    redraw()
  }
  const last = at === pages.length - 1
  return (
    <div className="q-form" lang={locale}>
      <div ref={top} tabIndex={-1} className="q-form-top">
        {pages.length > 1 && (
          <nav aria-label={t('pages')}>
            <p className="q-form-step">{t('page', { n: at + 1, of: pages.length })}</p>
            <ol>
              {pages.map((page, index) => (
                <li key={page.name}>
                  <button type="button" aria-current={index === at ? 'step' : undefined} onClick={() => go(index)}>
                    <i aria-hidden="true">{index + 1}</i>
                    <span>{page.locTitle.renderedHtml}</span>
                    {wrong.some(({ question }) => pageOf(question) === page) && (
                      <Icon name="alert" size={14} label={t('wrong_here')} />
                    )}
                  </button>
                </li>
              ))}
            </ol>
          </nav>
        )}
      </div>
      {(wrong.length > 0 || unplaced.length > 0) && (
        <section
          className="q-form-wrong"
          ref={summary}
          tabIndex={-1}
          aria-label={t('wrong', { n: wrong.length + unplaced.length })}
        >
          <h2>{t('wrong', { n: wrong.length + unplaced.length })}</h2>
          <ul>
            {unplaced.map((problem) => (
              <li key={problem.question + problem.zh}>{locale === 'en' ? problem.en : problem.zh}</li>
            ))}
            {wrong.map(({ question, title, text }) => (
              <li key={`${question.id} ${text}`}>
                <button type="button" onClick={() => lead(question)}>
                  {title === '' ? text : t('wrong_at', { title, text })}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <FilledIn value={{ filled, correctAt: props.correctAt, locale }}>
        <Survey model={model} />
      </FilledIn>
      <div className="q-form-turns">
        {at > 0 && <Button onClick={() => go(at - 1)}>{t('back')}</Button>}
        {!last && (
          <Button look={readOnly || !onWhole ? 'plain' : 'primary'} onClick={() => go(at + 1)}>
            {t('next', { title: pages[at + 1]!.locTitle.renderedHtml })}
          </Button>
        )}
        {last && !readOnly && onWhole && (
          <Button look="primary" busy={props.busy ?? false} onClick={handIn}>
            {props.wholeLabel ?? t('whole')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** The page on which a question stands, from within a table too. */
function pageOf(question: Question): unknown {
  const own = question as unknown as { page?: unknown; parentQuestion?: Question }
  return own.parentQuestion ? pageOf(own.parentQuestion) : own.page
}

/** Hands answers on once typing rests, or at once where it need not rest, and at once when the page is put away: the last words must not be lost. */
function useHandedOn(model: SurveyModel, onChange: FormProps['onChange'], rest: number): void {
  const told = useRef(onChange)
  told.current = onChange
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const now = () => {
      if (timer === undefined) return
      clearTimeout(timer)
      timer = undefined
      told.current?.(structuredClone(model.data))
    }
    const changed = () => {
      clearTimeout(timer)
      timer = setTimeout(now, rest)
      if (rest === 0) now()
    }
    const hidden = () => document.visibilityState === 'hidden' && now()
    model.onValueChanged.add(changed)
    document.addEventListener('visibilitychange', hidden)
    window.addEventListener('pagehide', now)
    return () => {
      now()
      model.onValueChanged.remove(changed)
      document.removeEventListener('visibilitychange', hidden)
      window.removeEventListener('pagehide', now)
    }
  }, [model, rest])
}
