/** One case: what was applied for at the left; what may be done, who signed and what happened at the right. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { Answers } from '../../../../ui/form/Answers.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../ui/PersonLink.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import { WhyPerson } from '../../../../ui/WhyPerson.tsx'
import { CaseActs } from './CaseActs.tsx'
import { Course, Objected, Signatures } from './CaseSides.tsx'
import { type CaseView, KEYS, useCases } from './handling.ts'
import { CaseStateTag, useOrgName } from './States.tsx'
import './office.css'

export default function CasePage() {
  const applicationId = usePathPart('applicationId')
  const f = useFormat()
  const cases = useCases()
  const view = useQuery({
    queryKey: [...KEYS.page, applicationId, f.locale],
    queryFn: () => cases.casePage({ applicationId, locale: f.locale }),
  })
  return (
    <Answer of={view} height={600}>
      {(seen) => <View view={seen} />}
    </Answer>
  )
}

function View({ view }: { view: CaseView }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const orgName = useOrgName()
  const { case: row, call } = view
  return (
    <>
      <PageHead
        title={row.name}
        documentTitle={t('office.case')}
        subtitle={
          <>
            {f.dotted([orgName(row), pick(call.title), row.track && pick(row.track)])}
            {call.clause && <Clause clause={call.clause} label={pick(call.title)} />}
          </>
        }
        back={{ to: '/cases/$callId', params: { callId: call.id }, label: pick(call.title) }}
        tags={<CaseStateTag state={row.state} />}
        acts={<Papers applicationId={row.id} />}
      />
      <div className="of-case">
        <div className="of-case-main q-stack">
          {view.points.length > 0 && (
            <Notice tone="wait" title={t('office.points')}>
              <ul className="of-list">
                {view.points.map((point, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: they are what they are, in their order
                  <li key={at}>{point.says}</li>
                ))}
              </ul>
            </Notice>
          )}
          <Card title={t('office.applied')}>
            <Facts
              items={[
                {
                  label: t('office.column.name'),
                  value: row.personId ? <PersonLink id={row.personId} name={row.name} /> : row.name,
                },
                { label: t('office.paper.number'), value: row.number },
                { label: t('office.column.org'), value: orgName(row) },
                { label: t('office.paper.submitted'), value: row.submittedAt && f.dateTime(row.submittedAt) },
                ...(row.score ? [{ label: t('office.column.score'), value: f.number(row.score, 2) }] : []),
                ...(row.rank ? [{ label: t('office.rank'), value: f.number(row.rank) }] : []),
              ]}
            />
            <Answers rows={view.answers} none={t('office.no_answer')} />
          </Card>
          {(view.materials.length > 0 || view.lacking.length > 0) && <Materials view={view} />}
          {view.judged.length > 0 && <Judged view={view} />}
        </div>
        <aside className="of-case-side q-stack">
          <CaseActs view={view} />
          {view.objections.length > 0 && <Objected view={view} />}
          <Signatures view={view} />
          <Course view={view} />
        </aside>
      </div>
    </>
  )
}

function Papers({ applicationId }: { applicationId: string }) {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const print = useAct(async (as: 'pdf' | 'docx') =>
    saveFile(await cases.printCase({ applicationId, as, locale: f.locale }), `application.${as}`),
  )
  return (
    <>
      <Button icon="print" busy={print.busy} onClick={() => void print.run('pdf')}>
        {t('office.as_pdf')}
      </Button>
      <Button icon="document" busy={print.busy} onClick={() => void print.run('docx')}>
        {t('office.as_word')}
      </Button>
    </>
  )
}

function Materials({ view }: { view: CaseView }) {
  const t = useWords('cases')
  const pick = useBilingual()
  return (
    <Card title={t('office.materials')}>
      <ul className="of-files">
        {view.materials.map((one) => (
          <li key={one.id}>
            <span className="q-quiet">{pick(one.title)}</span>
            <a className="q-text-link" href={`/files/${one.fileId}`} target="_blank" rel="noreferrer">
              {one.name}
            </a>
            {one.namesApplicant && <StatusTag tone="alert">{t('office.names_applicant')}</StatusTag>}
          </li>
        ))}
        {view.lacking.map((one) => (
          <li key={one.kind}>
            <span className="q-quiet">{pick(one.title)}</span>
            <StatusTag tone="alert">{t('office.lacks')}</StatusTag>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const OUTCOMES: Record<string, Tone> = { met: 'done', exempt: 'done', unknown: 'wait' }

function Judged({ view }: { view: CaseView }) {
  const t = useWords('cases')
  const pick = useBilingual()
  const [why, setWhy] = useState<string | null>(null)
  const { personId } = view.case
  return (
    <Card title={t('office.conditions')}>
      <ul className="of-files">
        {view.judged.map(({ set, title, outcome }) => (
          <li key={set}>
            <span>{title ? pick(title) : set}</span>
            <StatusTag tone={OUTCOMES[outcome] ?? 'alert'}>
              {t.has(`office.outcome.${outcome}`) ? t(`office.outcome.${outcome}`) : outcome}
            </StatusTag>
            {personId && (
              <Button small look="quiet" icon="info" onClick={() => setWhy(set)}>
                {t('office.why')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {why && personId && (
        <Sheet open title={t('office.why')} onClose={() => setWhy(null)} wide>
          <WhyPerson personId={personId} set={why} />
        </Sheet>
      )}
    </Card>
  )
}
