/** A requirement set in a draft, edited as a form: everything is checked while one types, and the worked cases can be run. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Leaving } from '../../../../ui/Leaving.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { DraftCase, policyContract } from '../../contract.ts'
import { Cases } from './Cases.tsx'
import { Checked, TakenAway } from './Checked.tsx'
import { editedCases } from './cases.ts'
import { EditingContext } from './editing.ts'
import { GroupForm } from './GroupForm.tsx'
import { Consequences, Grades } from './Outcomes.tsx'
import { SetHead } from './SetHead.tsx'
import type { Bilingual, Clause, EditedSet, SetVersion } from './set.ts'
import { useEditor } from './use-editor.ts'
import '../policy.css'
import './authoring.css'

type Read = {
  declared: unknown
  changed: boolean
  added: boolean
  above: Bilingual | null
  cases: DraftCase[]
  revision: number
}

export default function SetEditor() {
  const draftId = usePathPart('draftId')
  const set = usePathPart('set')
  const policy = useClient<typeof policyContract>('policy')
  const found = useQuery({
    queryKey: ['policy', 'draft-set', draftId, set],
    queryFn: async () => ({ set: await policy.draftSet({ draftId, set }), draft: await policy.draft({ draftId }) }),
    // What is being edited must not change under the hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <Answer of={found} height={480}>
      {({ set: read, draft }) => (
        <Editor key={set} draftId={draftId} read={read} basis={(draft.basis ?? undefined) as Clause | undefined} />
      )}
    </Answer>
  )
}

function Editor({ draftId, read, basis }: { draftId: string; read: Read; basis: Clause | undefined }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const editor = useEditor({
    draftId,
    set: read.declared as EditedSet,
    cases: editedCases(read.cases),
    revision: read.revision,
    added: false,
    basis,
  })
  const { held, change, dirty, failure } = editor
  const { set, cases } = held
  const [version] = set.versions as [SetVersion]
  const put = (next: EditedSet) => change({ set: next, cases })
  const patch = (next: Partial<SetVersion>) => put({ ...set, versions: [{ ...version, ...next }] })
  return (
    <EditingContext value={editor.editing}>
      <PageHead
        title={pick(set.title) || t('author.untitled')}
        back={{ to: '/policy/drafts/$draftId', params: { draftId }, label: t('author.back') }}
        subtitle={t(read.added ? 'author.added_from' : 'library.from', { date: f.date(version.from) })}
        tags={dirty && <StatusTag tone="wait">{t('author.unsaved')}</StatusTag>}
        act={
          <>
            {read.changed && (
              <Drop
                draftId={draftId}
                set={set.id}
                added={read.added}
                revision={editor.revision}
                onDropped={editor.giveUp}
              />
            )}
            <Button look="primary" disabled={!dirty} busy={editor.saving.busy} onClick={() => void editor.save()}>
              {t('author.save')}
            </Button>
          </>
        }
      />
      {failure !== null && (
        <div className="pol-author-said">
          <Failure error={failure} />
        </div>
      )}
      <div className="pol-author">
        <div className="q-stack">
          <SetHead set={set} onChange={put} added={read.added} above={read.above && pick(read.above)} />
          <Card title={t('author.needs')}>
            <GroupForm value={version.needs} at="versions.0.needs" onChange={(needs) => patch({ needs })} />
          </Card>
          <Grades value={version.grades ?? []} at="versions.0.grades" onChange={(grades) => patch({ grades })} />
          <Consequences
            value={version.consequences ?? []}
            at="versions.0.consequences"
            onChange={(consequences) => patch({ consequences })}
          />
        </div>
        <div className="pol-author-side q-stack">
          <Checked editor={editor} onSave={() => void editor.save()} />
          <Cases held={held} onChange={(next) => change({ set, cases: next })} />
        </div>
      </div>
      <TakenAway editor={editor} />
      <Leaving unsaved={editor.unsaved}>{t('author.leave')}</Leaving>
    </EditingContext>
  )
}

/** Out of the draft: a new rule is gone, another one stays as it is in force. */
function Drop({
  draftId,
  set,
  added,
  revision,
  onDropped,
}: {
  draftId: string
  set: string
  added: boolean
  revision: number
  onDropped: () => void
}) {
  const t = useWords('policy')
  const navigate = useNavigate()
  const policy = useClient<typeof policyContract>('policy')
  const [asked, ask] = useState(false)
  const drop = useAct(policy.dropDraftSet, {
    done: t('draft.saved'),
    refresh: [
      ['policy', 'drafts'],
      ['policy', 'draft'],
    ],
  })
  const go = async () => {
    if (!(await drop.run({ draftId, revision, set }))) return
    onDropped()
    void navigate({ to: '/policy/drafts/$draftId' as never, params: { draftId } as never })
  }
  const words = added ? 'author.drop_added' : 'author.drop'
  return (
    <>
      <Button icon="trash" onClick={() => ask(true)}>
        {t(words)}
      </Button>
      <Dialog
        open={asked}
        title={t(words)}
        onClose={() => ask(false)}
        acts={
          <Button look="danger" busy={drop.busy} onClick={() => void go()}>
            {t(words)}
          </Button>
        }
      >
        <p>{t(`${words}_hint`)}</p>
      </Dialog>
    </>
  )
}
