/** The assessment of a year for one or many who hold the same: the grades and the form are those of their call. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField, TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { Form } from '../../../../ui/form/Form.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { troubleOf } from '../../../../ui/trouble.ts'
import type { AnswerProblem, Answers } from '../../../forms/contract.ts'
import { DESIGNATION, DESIGNATIONS, type Designation, useCases } from './results.ts'

type Key = { holderId: string; designationId: string }
type Asked = { of: Key[]; year: number; onClose: (done: boolean) => void }

export function Assess({ of, year, onClose }: Asked) {
  const t = useWords('cases')
  const cases = useCases()
  const { locale } = useFormat()
  const first = of[0] as Key
  const one = useQuery({
    queryKey: [...DESIGNATION, first.designationId, locale],
    queryFn: () => cases.designation({ ...first, locale }),
  })
  if (one.data) return <Assessing of={of} year={year} onClose={onClose} first={one.data} />
  return (
    <Dialog open title={t('results.assess')} onClose={() => onClose(false)}>
      <Answer of={one}>{() => null}</Answer>
    </Dialog>
  )
}

function Assessing({ of, year: now, onClose, first }: Asked & { first: Designation }) {
  const t = useWords('cases')
  const say = useBilingual()
  const cases = useCases()
  const id = useId()
  const [year, setYear] = useState(String(now))
  const [chosen, setChosen] = useState('')
  const [words, setWords] = useState('')
  const [answers, setAnswers] = useState<Answers>({})
  const [problems, setProblems] = useState<AnswerProblem[]>([])
  const [missing, setMissing] = useState(false)
  const act = useAct(
    async () => {
      const given = { ...(words.trim() ? { words } : {}), ...(first.form ? { answers } : {}) }
      return cases.assessDesignations({ of, year: Number(year), grade: chosen, ...given }).catch((error) => {
        const { code, data } = troubleOf(error)
        if (code === 'cases.answers_wrong') setProblems(data.problems as AnswerProblem[])
        throw error
      })
    },
    {
      done: ({ assessed, removed }) => t('results.assessed', { assessed, removed }),
      refresh: [DESIGNATIONS, DESIGNATION],
      quiet: true,
    },
  )
  const removes = first.grades.find((grade) => grade.id === chosen)?.removes ?? false
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const lacks = chosen === '' || (removes && words.trim() === '')
    setMissing(lacks)
    if (!lacks && !act.busy && (await act.run(undefined))) onClose(true)
  }
  return (
    <Dialog
      open
      wide={first.form !== null}
      title={t('results.assess_title', { n: of.length, name: first.name })}
      onClose={() => onClose(false)}
      acts={
        <>
          <Button onClick={() => onClose(false)}>{t('office.cancel')}</Button>
          <Button
            type="submit"
            form={id}
            look={removes ? 'danger' : 'primary'}
            busy={act.busy}
            disabled={!first.assessed}
          >
            {t(removes ? 'results.assess_remove' : 'results.assess')}
          </Button>
        </>
      }
    >
      <form id={id} className="q-stack" noValidate onSubmit={(event) => void submit(event)}>
        {!first.assessed && <Notice tone="wait">{t('results.no_assessment')}</Notice>}
        <TextField label={t('results.year')} type="number" min={1990} max={2200} value={year} onChange={setYear} />
        <SelectField
          label={t('results.grade')}
          required
          value={chosen}
          onChange={setChosen}
          placeholder={t('results.choose_grade')}
          error={missing && chosen === '' ? t('results.choose_grade') : undefined}
          choices={first.grades.map((grade) => ({ value: grade.id, label: say(grade.title) }))}
        />
        {removes && <Notice tone="alert">{t('results.grade_removes')}</Notice>}
        <TextAreaField
          label={t('results.assess_words')}
          hint={t('results.assess_hint')}
          required={removes}
          error={missing && removes && words.trim() === '' ? t('results.assess_words_missing') : undefined}
          value={words}
          onChange={setWords}
          maxLength={1000}
        />
        {act.error !== null && <Failure error={act.error} />}
      </form>
      {first.form && (
        <section className="results-form" aria-label={t('results.assessment_form')}>
          <h3>{t('results.assessment_form')}</h3>
          {of.length > 1 && <p className="q-quiet">{t('results.assessment_form_all', { n: of.length })}</p>}
          <Form definition={first.form} answers={{}} onChange={setAnswers} atOnce problems={problems} />
        </section>
      )}
    </Dialog>
  )
}
