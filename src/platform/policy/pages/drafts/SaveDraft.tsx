/** Keeps a trial as a draft, or writes its figures into the draft that is being tried. */
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import type { DraftDetail, policyContract } from '../../contract.ts'
import { DraftDialog } from './DraftDialog.tsx'
import { basisOf, DraftFields, emptyWords } from './DraftFields.tsx'
import { PermissionFields, usePermissions } from './Permission.tsx'

type Tried = { orgId: string; asOf: string; changes: Record<string, unknown> }

const figuresOf = (changes: Tried['changes']) =>
  Object.fromEntries(Object.entries(changes).map(([id, value]) => [id, { value }]))

export function SaveDraft({ orgId, asOf, changes }: Tried) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState(() => emptyWords(asOf))
  const save = useAct(policy.createDraft, { done: t('draft.saved'), refresh: [['policy', 'drafts']], quiet: true })
  const permissions = usePermissions(save.error)
  const submit = async () => {
    const { title, why, from } = words
    const parameters = permissions.with(figuresOf(changes))
    const made = await save.run({ orgId, title, why, from, basis: basisOf(words), parameters })
    if (made) void navigate({ to: `/policy/drafts/${made.draftId}` as '/' })
  }
  return (
    <>
      <Button look="primary" icon="edit" onClick={() => setOpen(true)}>
        {t('draft.save_as')}
      </Button>
      {open && (
        <DraftDialog
          title={t('draft.save_as')}
          confirm={t('draft.save')}
          act={save}
          onClose={() => setOpen(false)}
          onConfirm={submit}
        >
          <p className="q-quiet">{t('draft.save_hint')}</p>
          <DraftFields words={words} onChange={setWords} />
          <PermissionFields {...permissions} />
        </DraftDialog>
      )}
    </>
  )
}

/** While a draft is tried with further changes: they become its own. */
export function IntoDraft({ draft, changes }: { draft: DraftDetail; changes: Tried['changes'] }) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const navigate = useNavigate()
  const save = useAct(policy.saveDraft, { done: t('draft.saved'), refresh: [['policy']], quiet: true })
  const permissions = usePermissions(save.error)
  const [open, setOpen] = useState(false)
  const run = async () => {
    const parameters = permissions.with(figuresOf(changes))
    if (await save.run({ draftId: draft.id, revision: draft.revision, parameters }))
      void navigate({ to: `/policy/drafts/${draft.id}` as '/' })
    else setOpen(true)
  }
  return (
    <>
      <Button look="primary" icon="edit" busy={save.busy} onClick={() => void run()}>
        {t('draft.into', { title: draft.title })}
      </Button>
      {open && (
        <DraftDialog
          title={t('draft.into', { title: draft.title })}
          confirm={t('draft.save')}
          act={save}
          onClose={() => setOpen(false)}
          onConfirm={run}
        >
          <PermissionFields {...permissions} />
        </DraftDialog>
      )}
    </>
  )
}
