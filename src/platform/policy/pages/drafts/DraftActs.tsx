/** What one may do with a draft: edit, share, submit, take back, give up; as a second person adopt it or send it back. */
import { useState } from 'react'
import { civilDate } from '../../../../base/dates.ts'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { CheckField, TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import type { DraftDetail, policyContract } from '../../contract.ts'
import { BeneathNotice } from './DraftBeneath.tsx'
import { DraftDialog } from './DraftDialog.tsx'
import { BasisFields, basisOf, DraftFields } from './DraftFields.tsx'
import { figureOf, PermissionFields, usePermissions } from './Permission.tsx'
import { ShareDraft } from './ShareDraft.tsx'

type Shown = 'edit' | 'share' | 'submit' | 'withdraw' | 'adopt' | 'back' | null
type Part = { draft: DraftDetail; onClose: () => void }

export function DraftActs({ draft }: { draft: DraftDetail }) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const [shown, show] = useState<Shown>(null)
  const takeBack = useAct(policy.takeBackDraft, { done: t('draft.taken_back'), refresh: [['policy'], ['desk']] })
  const { may } = draft
  const part = { draft, onClose: () => show(null) }
  return (
    <>
      {may.withdraw && <Button onClick={() => show('withdraw')}>{t('draft.withdraw')}</Button>}
      {may.share && (
        <Button icon="people" onClick={() => show('share')}>
          {t('draft.share')}
        </Button>
      )}
      {may.edit && (
        <Button icon="edit" onClick={() => show('edit')}>
          {t('draft.edit')}
        </Button>
      )}
      {may.takeBack && (
        <Button icon="back" busy={takeBack.busy} onClick={() => void takeBack.run({ draftId: draft.id })}>
          {t('draft.take_back')}
        </Button>
      )}
      {may.decide && <Button onClick={() => show('back')}>{t('draft.send_back')}</Button>}
      {may.submit && (
        <Button look="primary" onClick={() => show('submit')}>
          {t('draft.submit')}
        </Button>
      )}
      {may.decide && (
        <Button look="primary" icon="seal" onClick={() => show('adopt')}>
          {t('draft.adopt')}
        </Button>
      )}
      {shown === 'edit' && <Edit {...part} />}
      {shown === 'share' && <ShareDraft {...part} />}
      {shown === 'submit' && <Submit {...part} />}
      {shown === 'withdraw' && <Withdraw {...part} />}
      {shown === 'adopt' && <Adopt {...part} />}
      {shown === 'back' && <SendBack {...part} />}
    </>
  )
}

/** Everything of policy and of the inbox may be another after an act on a draft. */
const REFRESH = { refresh: [['policy'], ['desk']], quiet: true } as const

function Edit({ draft, onClose }: Part) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const save = useAct(policy.saveDraft, { done: t('draft.saved'), ...REFRESH })
  const permissions = usePermissions(save.error)
  const { title, why, from, basis } = draft
  const [words, setWords] = useState({
    title,
    why,
    from,
    document: basis?.document ?? '',
    number: basis?.number ?? '',
    article: basis?.article ?? '',
  })
  const submit = async () => {
    const { document: _d, number: _n, article: _a, ...said } = words
    const stated = draft.parameters.filter(({ id }) => permissions.asked.some((one) => one.id === id))
    const parameters = permissions.with(Object.fromEntries(stated.map((one) => [one.id, figureOf(draft, one)])))
    const more = stated.length > 0 ? { parameters } : {}
    if (await save.run({ draftId: draft.id, revision: draft.revision, ...said, basis: basisOf(words), ...more }))
      onClose()
  }
  return (
    <DraftDialog title={t('draft.edit')} confirm={t('draft.save')} act={save} onClose={onClose} onConfirm={submit}>
      <DraftFields words={words} onChange={setWords} />
      <PermissionFields {...permissions} />
    </DraftDialog>
  )
}

function Submit({ draft, onClose }: Part) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const send = useAct(policy.submitDraft, { done: t('draft.submitted'), ...REFRESH })
  const [from, setFrom] = useState(draft.from)
  const [note, setNote] = useState('')
  const [basis, setBasis] = useState({ document: '', number: '', article: '' })
  const { clock } = useSignedIn()
  const past = from !== '' && from < civilDate(new Date(clock.now))
  const submit = async () => {
    const stated = draft.basis ? null : basisOf(basis)
    const said = { ...(note.trim() === '' ? {} : { note }), ...(stated ? { basis: stated } : {}) }
    if (await send.run({ draftId: draft.id, revision: draft.revision, from, ...said })) onClose()
  }
  return (
    <DraftDialog
      title={t('draft.submit')}
      confirm={t('draft.submit_do')}
      act={send}
      onClose={onClose}
      onConfirm={submit}
    >
      <p className="q-quiet">{t('draft.submit_hint')}</p>
      {draft.adopters === 0 && <Notice tone="alert">{t('draft.no_adopters')}</Notice>}
      <TextField
        label={t('draft.from')}
        type="date"
        required
        value={from}
        onChange={setFrom}
        {...(past ? { hint: t('draft.past_hint') } : {})}
      />
      {!draft.basis && <BasisFields required words={basis} onChange={setBasis} />}
      <TextAreaField label={t('draft.note')} required={false} maxLength={500} value={note} onChange={setNote} />
      <BeneathNotice draft={draft} />
    </DraftDialog>
  )
}

function Withdraw({ draft, onClose }: Part) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const act = useAct(policy.withdrawDraft, { done: t('draft.withdrawn'), ...REFRESH })
  return (
    <ConfirmWithReason
      open
      danger
      title={t('draft.withdraw')}
      confirm={t('draft.withdraw')}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async () => {
        if (await act.run({ draftId: draft.id })) onClose()
      }}
    >
      <p>{t('draft.withdraw_hint')}</p>
    </ConfirmWithReason>
  )
}

function SendBack({ draft, onClose }: Part) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const act = useAct(policy.sendBackDraft, { done: t('draft.sent_back'), ...REFRESH })
  return (
    <ConfirmWithReason
      open
      title={t('draft.send_back')}
      confirm={t('draft.send_back')}
      reasonHint={t('draft.send_back_hint')}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async (reason) => {
        if (await act.run({ draftId: draft.id, reason })) onClose()
      }}
    />
  )
}

function Adopt({ draft, onClose }: Part) {
  const t = useWords('policy')
  const f = useFormat()
  const policy = useClient<typeof policyContract>('policy')
  const act = useAct(policy.adoptDraft, { done: t('draft.adopted'), ...REFRESH })
  const [sure, setSure] = useState(false)
  return (
    <DraftDialog
      title={t('draft.adopt')}
      confirm={t('draft.adopt')}
      icon="seal"
      disabled={!sure}
      act={act}
      onClose={onClose}
      onConfirm={async () => {
        if (await act.run({ draftId: draft.id, revision: draft.revision })) onClose()
      }}
    >
      <p>{t('draft.adopt_hint', { title: draft.title, date: f.date(draft.from), name: draft.madeBy })}</p>
      <BeneathNotice draft={draft} />
      <CheckField label={t('draft.adopt_sure')} checked={sure} onChange={setSure} />
    </DraftDialog>
  )
}

/** Looked at again: what is in force now is what it stands over. */
export function Renew({ draft }: { draft: DraftDetail }) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const renew = useAct(policy.renewDraft, { done: t('draft.renewed'), refresh: [['policy']] })
  return (
    <Button
      small
      icon="check"
      busy={renew.busy}
      onClick={() => void renew.run({ draftId: draft.id, revision: draft.revision })}
    >
      {t('draft.renew')}
    </Button>
  )
}
