/** One call: how it runs, its dates, places and form; while it is a draft its text and a dry run, afterwards its amendments. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress, usePathPart } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { orgNameIn } from '../../../../ui/session.tsx'
import { type TabItem, Tabs } from '../../../../ui/Tabs.tsx'
import { Amendments } from './Amendments.tsx'
import { CALLS, type CallDetail, useCall, useCases } from './asking.ts'
import { Dates } from './Dates.tsx'
import { DryRunView } from './DryRunView.tsx'
import { FormPreview } from './FormPreview.tsx'
import { Overview } from './Overview.tsx'
import { Places } from './Places.tsx'
import { CallState } from './State.tsx'
import { TextEditor } from './TextEditor.tsx'
import './calls.css'

export default function CallPage() {
  const call = useCall(usePathPart('callId'))
  return (
    <Answer of={call} height={480}>
      {(data) => <Shown call={data} />}
    </Answer>
  )
}

function Shown({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const [search, change] = useAddress()
  const draft = call.state === 'draft'
  const items: (TabItem | false)[] = [
    { key: 'overview', label: t('calls.tab.overview'), content: <Overview call={call} /> },
    { key: 'dates', label: t('calls.tab.dates'), content: <Dates key={call.revision} call={call} /> },
    call.definition.quotas.length > 0 && {
      key: 'places',
      label: t('calls.tab.places'),
      content: <Places key={call.revision} call={call} />,
    },
    { key: 'form', label: t('calls.tab.form'), content: <FormPreview call={call} /> },
    draft && { key: 'text', label: t('calls.tab.text'), content: <CallText call={call} /> },
    draft && { key: 'try', label: t('calls.tab.try'), content: <DryRunView call={call} /> },
    !draft && {
      key: 'amendments',
      label: t('calls.tab.amendments'),
      count: call.amendments.length,
      content: <Amendments call={call} />,
    },
  ]
  return (
    <div className="calls-page">
      <PageHead
        title={pick(call.title)}
        subtitle={f.dotted([
          orgNameIn(f.locale, call),
          t(`calls.of.${call.applicant}`),
          call.closesAt && t('calls.until', { when: f.dateTime(call.closesAt) }),
        ])}
        back={{ to: '/calls', label: t('calls.title') }}
        tags={<CallState state={call.state} />}
        {...(call.mayWrite ? { acts: <Acts call={call} />, act: draft && <Publish call={call} /> } : {})}
      />
      <Tabs
        label={pick(call.title)}
        value={one(search.part) || 'overview'}
        onChange={(key) => change({ part: key === 'overview' ? undefined : key }, { replace: true })}
        items={items.filter((item) => item !== false)}
      />
    </div>
  )
}

/** What is certain before it is made known: dates, places, that nothing of it can be taken back. */
function Publish({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const [open, setOpen] = useState(false)
  const publishing = useAct(cases.publishCall, { done: t('calls.published'), refresh: CALLS, quiet: true })
  const close = () => {
    publishing.reset()
    setOpen(false)
  }
  const confirm = async () => {
    if (await publishing.run({ callId: call.id, revision: call.revision })) close()
  }
  return (
    <>
      <Button look="primary" icon="seal" onClick={() => setOpen(true)}>
        {t('calls.publish')}
      </Button>
      <ConfirmWithReason
        open={open}
        title={t('calls.publish_title')}
        confirm={t('calls.publish')}
        reason="none"
        busy={publishing.busy}
        error={publishing.error}
        onConfirm={() => void confirm()}
        onClose={close}
      >
        <ul className="calls-said">
          <li>{call.closesAt ? t('calls.until', { when: f.dateTime(call.closesAt) }) : t('calls.no_deadline')}</li>
          <li>{t('calls.judged', { when: f.date(call.judgedOn) })}</li>
          <li>{t('calls.publish_told')}</li>
          <li>{t('calls.publish_frozen')}</li>
        </ul>
      </ConfirmWithReason>
    </>
  )
}

function Acts({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const cases = useCases()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const dropping = useAct(cases.dropCall, { done: t('calls.dropped'), refresh: CALLS, quiet: true })
  const ending = useAct(cases.endCall, { done: t('calls.ended'), refresh: CALLS, quiet: true })
  const draft = call.state === 'draft'
  if (!draft && call.state !== 'published') return null
  const act = draft ? dropping : ending
  const close = () => {
    act.reset()
    setOpen(false)
  }
  const confirm = async (reason: string) => {
    const done = draft
      ? await dropping.run({ callId: call.id, revision: call.revision })
      : await ending.run({ callId: call.id, reason })
    if (!done) return
    close()
    if (draft) void navigate({ to: '/calls' as '/' })
  }
  return (
    <>
      <Button icon={draft ? 'trash' : 'archive'} onClick={() => setOpen(true)}>
        {t(draft ? 'calls.drop' : 'calls.end')}
      </Button>
      <ConfirmWithReason
        open={open}
        title={t(draft ? 'calls.drop_title' : 'calls.end_title')}
        confirm={t(draft ? 'calls.drop' : 'calls.end')}
        danger
        reason={draft ? 'none' : 'required'}
        reasonHint={t('calls.reason_public')}
        busy={act.busy}
        error={act.error}
        onConfirm={(reason) => void confirm(reason)}
        onClose={close}
      >
        <p>{t(draft ? 'calls.drop_says' : 'calls.end_says')}</p>
      </ConfirmWithReason>
    </>
  )
}

function CallText({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const cases = useCases()
  const saving = useAct(cases.saveCall, { done: t('calls.saved'), refresh: CALLS })
  const text = useQuery({
    queryKey: ['cases', 'calls', call.id, 'source'],
    queryFn: () => cases.callSource({ callId: call.id }),
  })
  return (
    <Answer of={text} height={480}>
      {({ source, revision }) => (
        <div className="q-stack">
          <p className="q-quiet">{t('calls.text_hint')}</p>
          <TextEditor
            orgId={call.orgId}
            text={source}
            label={t('calls.text')}
            save={t('calls.save')}
            busy={saving.busy}
            onSave={(typed) => void saving.run({ callId: call.id, revision, source: typed })}
          />
        </div>
      )}
    </Answer>
  )
}
