/** Amending a published call: what changes, and the reason that everybody reads. */
import { useState } from 'react'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { CALLS, type CallDetail, type CallPlaces, fromField, toField, useCases } from './asking.ts'

function useAmend(onClose: () => void) {
  const t = useWords('cases')
  const cases = useCases()
  const act = useAct(cases.amendCall, { done: t('calls.amended'), refresh: CALLS, quiet: true })
  const run = async (input: Parameters<typeof cases.amendCall>[0]) => {
    if (await act.run(input)) onClose()
  }
  return {
    run,
    asking: {
      open: true,
      confirm: t('calls.amend'),
      reasonHint: t('calls.reason_public'),
      busy: act.busy,
      error: act.error,
      onClose,
    },
  }
}

export function AmendDeadline({
  call,
  stage,
  name,
  until,
  onClose,
}: {
  call: CallDetail
  stage: string
  name: string
  until: string | null
  onClose: () => void
}) {
  const t = useWords('cases')
  const { run, asking } = useAmend(onClose)
  const [text, setText] = useState(toField(until))
  const confirm = (reason: string) => {
    const closesAt = fromField(text)
    if (closesAt) void run({ callId: call.id, reason, change: { what: 'deadline', stage, closesAt } })
  }
  return (
    <ConfirmWithReason {...asking} title={t('calls.closes_of', { stage: name })} onConfirm={confirm}>
      <TextField label={t('calls.closes')} type="datetime-local" required value={text} onChange={setText} />
    </ConfirmWithReason>
  )
}

export function AmendPlaces({ call, row, onClose }: { call: CallDetail; row: CallPlaces; onClose: () => void }) {
  const t = useWords('cases')
  const { run, asking } = useAmend(onClose)
  const [text, setText] = useState(String(row.places))
  const places = Number(text)
  const wrong = text.trim() === '' || !Number.isInteger(places) || places < row.taken
  const confirm = (reason: string) => {
    if (!wrong)
      void run({ callId: call.id, reason, change: { what: 'places', quota: row.quota, orgId: row.orgId, places } })
  }
  const hint = t('calls.taken_hint', { n: row.taken })
  return (
    <ConfirmWithReason {...asking} title={t('calls.places_of', { org: row.orgName })} onConfirm={confirm}>
      <TextField
        label={t('calls.places')}
        hint={hint}
        error={wrong ? hint : undefined}
        type="number"
        min={row.taken}
        max={100_000}
        required
        value={text}
        onChange={setText}
      />
    </ConfirmWithReason>
  )
}

type Words = CallDetail['title']
const NONE: Words = { zh: '', en: '' }

export function AmendWords({ call, onClose }: { call: CallDetail; onClose: () => void }) {
  const t = useWords('cases')
  const { run, asking } = useAmend(onClose)
  const [title, setTitle] = useState(call.title)
  const [about, setAbout] = useState(call.about ?? NONE)
  const short = (text: string) => text.trim().length < 2
  const none = about.zh.trim() === '' && about.en.trim() === ''
  // Both languages, or neither: what is said in one only would be lost.
  const said = (wrong: boolean) => (wrong ? t('calls.both_languages') : undefined)
  const confirm = (reason: string) => {
    if ([title.zh, title.en, ...(none ? [] : [about.zh, about.en])].some(short)) return
    void run({ callId: call.id, reason, change: { what: 'words', title, about: none ? null : about } })
  }
  return (
    <ConfirmWithReason {...asking} title={t('calls.amend_words')} onConfirm={confirm}>
      <TextField
        label={t('calls.name_zh')}
        required
        maxLength={120}
        error={said(short(title.zh))}
        value={title.zh}
        onChange={(zh) => setTitle({ ...title, zh })}
      />
      <TextField
        label={t('calls.name_en')}
        required
        maxLength={200}
        error={said(short(title.en))}
        value={title.en}
        onChange={(en) => setTitle({ ...title, en })}
      />
      <TextAreaField
        label={t('calls.about_zh')}
        maxLength={500}
        error={said(!none && short(about.zh))}
        value={about.zh}
        onChange={(zh) => setAbout({ ...about, zh })}
      />
      <TextAreaField
        label={t('calls.about_en')}
        maxLength={500}
        error={said(!none && short(about.en))}
        value={about.en}
        onChange={(en) => setAbout({ ...about, en })}
      />
    </ConfirmWithReason>
  )
}
