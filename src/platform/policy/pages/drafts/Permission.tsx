/** The clause that permits what a higher authority does not leave open: asked for only where it is needed. */
import { useEffect, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { troubleOf } from '../../../../ui/trouble.ts'
import type { Bilingual, Clause, DraftDetail, DraftFigures, policyContract } from '../../contract.ts'
import { DraftDialog } from './DraftDialog.tsx'
import { basisOf } from './DraftFields.tsx'

export type Need = { id: string; title: Bilingual; authority: string; below: string }
type Words = { document: string; number: string; article: string }
const EMPTY: Words = { document: '', number: '', article: '' }

/** A refusal asks for the permission of these figures; of nothing where it is another one. */
const needsIn = (error: unknown): Need[] => {
  const { code, data } = troubleOf(error)
  return code === 'policy.draft_not_left_open' && Array.isArray(data.needs) ? (data.needs as Need[]) : []
}

export type Permissions = {
  asked: readonly Need[]
  said: Readonly<Record<string, Words>>
  say: (id: string, words: Words) => void
  /** The figures with the clauses that were stated here. */
  with: (figures: DraftFigures) => DraftFigures
}

/** Permissions that a save was refused for want of; once asked for they stay. */
export function usePermissions(error: unknown): Permissions {
  const [asked, ask] = useState<readonly Need[]>([])
  const [said, setSaid] = useState<Record<string, Words>>({})
  useEffect(() => {
    const more = needsIn(error)
    if (more.length > 0) ask((before) => [...before.filter(({ id }) => more.every((one) => one.id !== id)), ...more])
  }, [error])
  const clauseOf = (id: string): Clause | null => basisOf(said[id] ?? EMPTY)
  return {
    asked,
    said,
    say: (id, words) => setSaid((before) => ({ ...before, [id]: words })),
    with: (figures) =>
      Object.fromEntries(
        Object.entries(figures).map(([id, figure]) => {
          const permission = clauseOf(id)
          return [id, permission ? { ...figure, permission } : figure]
        }),
      ),
  }
}

export function PermissionFields({ asked, said, say }: Pick<Permissions, 'asked' | 'said' | 'say'>) {
  const t = useWords('policy')
  const pick = useBilingual()
  return asked.map(({ id, title, authority, below }) => {
    const words = said[id] ?? EMPTY
    const field = (key: keyof Words) => ({
      value: words[key],
      onChange: (value: string) => say(id, { ...words, [key]: value }),
    })
    return (
      <fieldset key={id} className="pol-clause-fields">
        <legend>{t('draft.permission_of', { title: pick(title) })}</legend>
        <p className="q-quiet">{t('draft.permission_hint', { authority, below })}</p>
        <TextField label={t('draft.permission_document')} required {...field('document')} />
        <div className="pol-draft-pair">
          <TextField label={t('draft.number')} required={false} {...field('number')} />
          <TextField label={t('draft.article')} required={false} {...field('article')} />
        </div>
      </fieldset>
    )
  })
}

type Figure = DraftDetail['parameters'][number]

/** A figure of a draft as it is written again: what stands under the draft's document names none of its own. */
export const figureOf = (
  { basis }: DraftDetail,
  { value, clause, note, permission }: Figure,
): DraftFigures[string] => ({
  value,
  ...(clause && JSON.stringify(clause) !== JSON.stringify(basis) ? { clause } : {}),
  ...(note ? { note } : {}),
  ...(permission ? { permission } : {}),
})

/** The permission of a figure as it stands, or that one is missing; whoever writes the draft states it here. */
export function FigurePermission({ draft, figure }: { draft: DraftDetail; figure: Figure }) {
  const t = useWords('policy')
  const f = useFormat()
  const [open, setOpen] = useState(false)
  const { permission, needs } = figure
  if (!permission && !needs) return null
  return (
    <div className="pol-draft-permit">
      {permission ? (
        <span className="q-quiet">
          {t('draft.permitted_by', {
            clause: f.dotted([permission.document, permission.number, permission.article]),
          })}
        </span>
      ) : (
        needs && <span className="pol-draft-wanted">{t('draft.permission_hint', needs)}</span>
      )}
      {draft.may.edit && (
        <Button small onClick={() => setOpen(true)}>
          {t(permission ? 'draft.permission_change' : 'draft.permission_state')}
        </Button>
      )}
      {open && <StatePermission draft={draft} figure={figure} onClose={() => setOpen(false)} />}
    </div>
  )
}

function StatePermission({ draft, figure, onClose }: { draft: DraftDetail; figure: Figure; onClose: () => void }) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const save = useAct(policy.saveDraft, { done: t('draft.saved'), refresh: [['policy']], quiet: true })
  const { id, title, needs, permission } = figure
  const [words, setWords] = useState<Words>({ ...EMPTY, ...permission })
  const submit = async () => {
    const stated = basisOf(words)
    const { permission: _before, ...bare } = figureOf(draft, figure)
    const parameters = { [id]: { ...bare, ...(stated ? { permission: stated } : {}) } }
    if (await save.run({ draftId: draft.id, revision: draft.revision, parameters })) onClose()
  }
  const need = { id, title, authority: needs?.authority ?? '', below: needs?.below ?? '' }
  return (
    <DraftDialog
      title={t('draft.permission_state')}
      confirm={t('draft.save')}
      act={save}
      onClose={onClose}
      onConfirm={submit}
    >
      <PermissionFields asked={[need]} said={{ [id]: words }} say={(_, next) => setWords(next)} />
    </DraftDialog>
  )
}
