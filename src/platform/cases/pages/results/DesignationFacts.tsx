/** What a designation is: term, duties, certificate, circular, assessments; why it was removed. */
import { Button } from '../../../../ui/Button.tsx'
import { Facts } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Answers } from '../../../../ui/form/Answers.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { Timeline } from '../../../../ui/Timeline.tsx'
import { type Designation, STATE_TONE, useCases } from './results.ts'
import { Term } from './Term.tsx'

export function DesignationFacts({ of }: { of: Designation }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  return (
    <>
      {of.state === 'removed' && of.removedOn && (
        <Notice tone="alert" title={t('results.was_removed', { on: f.date(of.removedOn) })}>
          {of.removedWhy}
        </Notice>
      )}
      <Facts
        columns={1}
        items={[
          { label: t('results.term'), value: <Term from={of.from} until={of.until} /> },
          {
            label: t('results.state'),
            value: <StatusTag tone={STATE_TONE[of.state]}>{t(`results.state.${of.state}`)}</StatusTag>,
          },
          { label: t('results.level'), value: t(`results.level.${of.level}`) },
          { label: t('results.org'), value: of.org || '—' },
          { label: t('results.certificate'), value: of.certificate ?? t('results.without_certificate') },
          { label: t('results.circular'), value: of.circular ?? '—' },
          ...(of.callTitle ? [{ label: t('results.call'), value: say(of.callTitle) }] : []),
        ]}
      />
      {of.duties.length > 0 && (
        <section>
          <h3>{t('results.duties')}</h3>
          <ul>
            {of.duties.map((duty) => (
              <li key={duty.zh}>{say(duty)}</li>
            ))}
          </ul>
        </section>
      )}
      {of.assessed && (
        <section>
          <h3>{t('results.assessments')}</h3>
          {of.assessments.length === 0 ? (
            <p className="q-quiet">{t('results.assessments_none')}</p>
          ) : (
            <Timeline
              label={t('results.assessments')}
              items={of.assessments.map(({ year, grade, words, answers, by }) => ({
                key: String(year),
                when: String(year),
                title: say(grade),
                detail: (
                  <>
                    {f.dotted([by, words ?? ''])}
                    {answers.length > 0 && (
                      <details className="results-sheet" open={of.assessments[0]?.year === year}>
                        <summary>{t('results.assessment_form')}</summary>
                        <Answers rows={answers} />
                      </details>
                    )}
                  </>
                ),
              }))}
            />
          )}
        </section>
      )}
    </>
  )
}

export function CertificateButton({ of }: { of: Designation }) {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const print = useAct(cases.designationCertificate)
  if (!of.certificate || of.state === 'removed') return null
  return (
    <Button
      icon="download"
      busy={print.busy}
      onClick={async () => {
        const { holderId, designationId } = of
        const file = await print.run({ holderId, designationId, locale: f.locale })
        if (file) saveFile(file, `${of.certificate}.pdf`)
      }}
    >
      {t('results.certificate_pdf')}
    </Button>
  )
}
