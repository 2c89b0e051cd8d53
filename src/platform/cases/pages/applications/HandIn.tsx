/** The last look before handing in: what is still missing, or what happens next. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { troubleOf } from '../../../../ui/trouble.ts'
import type { AnswerProblem } from '../../../forms/contract.ts'
import { type ApplicationPage, type Applying, CHANGED, type Standing } from './applying.ts'

export type Problems = readonly AnswerProblem[]

export function HandIn({
  page,
  applying,
  answers,
  settled,
  onProblems,
  onClose,
}: {
  page: ApplicationPage
  applying: Applying
  answers: Record<string, unknown>
  /** Everything typed is kept; the revision that holds. */
  settled: () => Promise<number>
  /** What the server found wrong with answers. */
  onProblems: (problems: Problems) => void
  onClose: () => void
}) {
  const t = useWords('cases')
  const say = useBilingual()
  const check = useQuery({
    queryKey: ['cases', 'check-application', page.id],
    queryFn: async () => {
      await settled()
      return applying.checkApplication({ applicationId: page.id })
    },
    gcTime: 0,
    staleTime: 0,
  })
  const submit = useAct(
    async () =>
      applying.submitApplication({ applicationId: page.id, revision: await settled(), answers }).catch((error) => {
        const { code, data } = troubleOf(error)
        const found = code === 'cases.incomplete' ? (data.problems as Problems) : []
        if (found.length > 0) onProblems(found)
        throw error
      }),
    { quiet: true, done: t('applications.submitted'), refresh: CHANGED },
  )
  const first = page.call.stages[0]!
  const ready = check.data && check.data.materials.length === 0 && check.data.standing.eligible !== false
  return (
    <Dialog
      open
      title={t('applications.submit_title')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('applications.not_yet')}</Button>
          {ready && (
            <Button look="primary" busy={submit.busy} onClick={() => void submit.run(undefined)}>
              {t('applications.submit')}
            </Button>
          )}
        </>
      }
    >
      <Answer of={check} height={120}>
        {({ materials, standing }) => (
          <div className="q-stack">
            <ul className="app-checklist">
              <Line done text={t('applications.check.form')} />
              {page.materials.length > 0 && (
                <Line
                  done={materials.length === 0}
                  text={
                    materials.length === 0
                      ? t('applications.check.materials')
                      : t('applications.check.missing', { title: materials.map(({ title }) => say(title)).join('、') })
                  }
                />
              )}
              <Line
                done={standing.eligible !== false}
                text={t(`applications.check.eligible.${standing.eligible ?? 'unknown'}`)}
              />
            </ul>
            <Unmet standing={standing} />
            {ready && <p>{t('applications.submit_what', { stage: say(first.title) })}</p>}
            {submit.error !== null && <Failure error={submit.error} />}
          </div>
        )}
      </Answer>
    </Dialog>
  )
}

const Line = ({ done, text }: { done: boolean; text: string }) => (
  <li className={done ? 'app-check-done' : 'app-check-open'}>
    <Icon name={done ? 'check' : 'alert'} size={18} />
    <span>{text}</span>
  </li>
)

function Unmet({ standing: { eligible, sets, excluded } }: { standing: Standing }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const unknown = sets.flatMap((set) => set.unknown)
  if (eligible === null)
    return (
      <Notice tone="wait" title={t('applications.goes_with')}>
        {f.list([...new Set(unknown.map(({ title }) => say(title)))])}
      </Notice>
    )
  if (eligible) return null
  return (
    <Notice tone="alert" title={t('applications.unmet')}>
      <ul className="app-reasons">
        {[...sets.flatMap(({ failed }) => failed), ...excluded].map(({ says }) => (
          <li key={says.zh}>{say(says)}</li>
        ))}
      </ul>
    </Notice>
  )
}
