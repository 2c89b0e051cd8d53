/** A new call: from what the packs of the organisation's authority offer, or from a text of one's own. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty, Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { orgNameIn, useSignedIn } from '../../../../ui/session.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import { Tag } from '../../../../ui/Tag.tsx'
import { clauseOf } from '../../../../ui/why-answer.ts'
import { CALLS, type CallTemplate, useCases } from './asking.ts'
import { TextEditor } from './TextEditor.tsx'
import './calls.css'

const ORGANISERS = ['trainer', 'commission']

export default function NewCall() {
  const t = useWords('cases')
  const f = useFormat()
  const { roles } = useSignedIn()
  const orgs = [
    ...new Map(roles.filter(({ role }) => ORGANISERS.includes(role)).map((one) => [one.orgId, one])).values(),
  ]
  const [orgId, choose] = useState(orgs[0]?.orgId ?? '')
  return (
    <div className="calls-page">
      <PageHead
        title={t('calls.new')}
        subtitle={t('calls.new_hint')}
        back={{ to: '/calls', label: t('calls.title') }}
      />
      {orgs.length > 1 && (
        <SelectField
          label={t('calls.org')}
          value={orgId}
          onChange={choose}
          choices={orgs.map((one) => ({ value: one.orgId, label: orgNameIn(f.locale, one) }))}
        />
      )}
      <Tabs
        label={t('calls.new')}
        items={[
          { key: 'packs', label: t('calls.from_packs'), content: <Templates key={orgId} orgId={orgId} /> },
          { key: 'text', label: t('calls.from_text'), content: <FromText key={orgId} orgId={orgId} /> },
        ]}
      />
    </div>
  )
}

function useMake() {
  const cases = useCases()
  const navigate = useNavigate()
  const making = useAct(cases.createCall, { refresh: CALLS })
  const make = async (input: Parameters<typeof cases.createCall>[0]) => {
    const made = await making.run(input)
    if (made) void navigate({ to: `/calls/${made.callId}` as '/' })
  }
  return { make, busy: making.busy }
}

function Templates({ orgId }: { orgId: string }) {
  const t = useWords('cases')
  const pick = useBilingual()
  const cases = useCases()
  const { make, busy } = useMake()
  const offered = useQuery({
    queryKey: ['cases', 'call-templates', orgId],
    queryFn: () => cases.callTemplates({ orgId }),
  })
  return (
    <Answer of={offered} height={420}>
      {({ templates, refused }) => (
        <div className="q-stack">
          {refused && (
            <Notice tone="alert" title={t('calls.refused')}>
              <ul className="calls-problems">
                {refused.problems.map((problem) => (
                  <li key={`${problem.file}${problem.line}${problem.column}${problem.en}`}>
                    <code>
                      {problem.file}:{problem.line}:{problem.column}
                    </code>{' '}
                    {pick(problem)}
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          {templates.length === 0 && (
            <Empty icon="flag" title={t('calls.none_offered')} hint={t('calls.none_offered_hint')} />
          )}
          <ul className="calls-offers">
            {templates.map((one) => (
              <li key={one.id}>
                <Offer one={one} busy={busy} onTake={() => void make({ orgId, from: { template: one.id } })} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </Answer>
  )
}

function Offer({ one, busy, onTake }: { one: CallTemplate; busy: boolean; onTake: () => void }) {
  const t = useWords('cases')
  const pick = useBilingual()
  return (
    <Card
      title={pick(one.title)}
      extra={<Clause clause={clauseOf(one.clause, one.confidence)} label={pick(one.title)} />}
    >
      <div className="calls-offer">
        {one.about && <p>{pick(one.about)}</p>}
        <p className="calls-way">{one.stages.map(({ title }) => pick(title)).join(' → ')}</p>
        <p className="calls-tags">
          <Tag>{pick(one.authorityName)}</Tag>
          <Tag>{t(`calls.of.${one.applicant}`)}</Tag>
        </p>
        <Button icon="plus" busy={busy} onClick={onTake}>
          {t('calls.take')}
        </Button>
      </div>
    </Card>
  )
}

function FromText({ orgId }: { orgId: string }) {
  const t = useWords('cases')
  const { make, busy } = useMake()
  return (
    <TextEditor
      orgId={orgId}
      text=""
      label={t('calls.text')}
      save={t('calls.make')}
      busy={busy}
      onSave={(source) => void make({ orgId, from: { source } })}
    />
  )
}
