/** Filling in: what was asked to be corrected, the conditions, the materials, the form that keeps itself, and handing in. */
import { useMemo, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Form } from '../../../../ui/form/Form.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import type { ApplicationPage, Applying } from './applying.ts'
import { HandIn, type Problems } from './HandIn.tsx'
import { Materials } from './Materials.tsx'
import { marked } from './marked.ts'
import { StandingRows } from './StandingRows.tsx'
import { type Saving, useSaving } from './saving.ts'
import { Eligible } from './states.tsx'
import { Withdraw } from './Withdraw.tsx'

export function Writing({
  page,
  applying,
  onAgain,
}: {
  page: ApplicationPage
  applying: Applying
  onAgain: () => void
}) {
  const t = useWords('cases')
  const f = useFormat()
  const { call, form, standing } = page
  const { saving, keep, settled } = useSaving(applying.saveAnswers, page.id, page.revision)
  const [whole, setWhole] = useState<Record<string, unknown> | null>(null)
  const [problems, setProblems] = useState<Problems>([])
  // The server's answer after a save must not move what is being typed.
  const [begun] = useState(() => ({
    ...form,
    definition: marked(form.definition, page.points, t('applications.to_correct')),
  }))
  const { closesAt } = call
  return (
    <>
      {closesAt && <p className="app-until">{t('applications.until', { when: f.dateTime(closesAt) })}</p>}
      {page.state === 'returned' && <ToCorrect page={page} />}
      <Card title={t('applications.conditions')} extra={<Eligible eligible={standing.eligible} />}>
        <details className="app-fold" open={standing.eligible === false}>
          <summary>{t('applications.see_conditions')}</summary>
          <StandingRows standing={standing} about={page.about} asOf={call.judgedOn} />
        </details>
      </Card>
      <Materials page={page} applying={applying} />
      <section aria-labelledby="app-content">
        <h2 id="app-content">{t('applications.content')}</h2>
        <Form
          definition={begun.definition}
          answers={begun.answers}
          filled={begun.filled}
          {...(page.about.kind === 'person' ? { correctAt: '/my/record' } : {})}
          onChange={keep}
          onWhole={setWhole}
          wholeLabel={t('applications.check_and_submit')}
          problems={problems}
        />
      </section>
      <div className="app-foot">
        <Saved saving={saving} onAgain={onAgain} />
        <Withdraw page={page} applying={applying} />
      </div>
      {whole && (
        <HandIn
          page={page}
          applying={applying}
          answers={whole}
          settled={settled}
          onProblems={(found) => {
            setProblems(found)
            setWhole(null)
          }}
          onClose={() => setWhole(null)}
        />
      )}
    </>
  )
}

/** What is to be corrected, in the words of whoever sent it back, with the questions by their titles. */
function ToCorrect({ page }: { page: ApplicationPage }) {
  const t = useWords('cases')
  const say = useBilingual()
  const titles = useMemo(() => titlesOf(page), [page])
  const words = page.timeline.findLast(({ act }) => act === 'return')?.words
  return (
    <Notice tone="alert" title={t('applications.returned')}>
      {words && <p className="app-words">{words}</p>}
      {page.points.length > 0 && (
        <ul className="app-reasons">
          {page.points.map(({ question, material, says }) => {
            const file = page.materials.find(({ id }) => id === material)
            const at = question ? titles.get(question) : file && say(file.title)
            return (
              <li key={`${question} ${material} ${says}`}>
                {at && <b>{at}</b>} {says}
              </li>
            )
          })}
        </ul>
      )}
    </Notice>
  )
}

const titlesOf = ({ form }: ApplicationPage): Map<string, string> =>
  new Map(form.told.flatMap(({ question, title }) => (question ? [[question, title] as const] : [])))

/** Beside the form, always in sight: whether what is typed is kept. */
function Saved({ saving, onAgain }: { saving: Saving; onAgain: () => void }) {
  const t = useWords('cases')
  const f = useFormat()
  if (saving.state === 'stopped')
    return (
      <div className="app-stopped">
        <Failure error={saving.error} />
        <Button small icon="refresh" onClick={onAgain}>
          {t('applications.read_again')}
        </Button>
      </div>
    )
  return (
    <p className={`app-saved app-saved-${saving.state}`} role="status">
      {saving.state === 'saved' && <Icon name="check" size={16} />}
      {saving.state === 'saved'
        ? t('applications.saved', { time: f.time(saving.at) })
        : t(`applications.saving.${saving.state}`)}
    </p>
  )
}
