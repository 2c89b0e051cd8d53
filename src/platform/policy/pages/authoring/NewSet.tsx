/** A rule that nobody has yet, begun in a draft: what it is called, of whom it is asked, and its first condition. The rest is written afterwards. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Leaving } from '../../../../ui/Leaving.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import type { DraftDetail, policyContract } from '../../contract.ts'
import { Checked } from './Checked.tsx'
import { ConditionForm } from './ConditionForm.tsx'
import { EditingContext } from './editing.ts'
import { newSet } from './parts.ts'
import { About, Nature, NewId } from './SetHead.tsx'
import { type Clause, type Condition, type EditedSet, partsOf, type SetVersion } from './set.ts'
import { useEditor } from './use-editor.ts'
import '../policy.css'
import './authoring.css'

export default function NewSet() {
  const draftId = usePathPart('draftId')
  const policy = useClient<typeof policyContract>('policy')
  const draft = useQuery({
    queryKey: ['policy', 'new-set', draftId],
    queryFn: () => policy.draft({ draftId }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <Answer of={draft} height={480}>
      {(found) => <Form draft={found} />}
    </Answer>
  )
}

function Form({ draft }: { draft: DraftDetail }) {
  const t = useWords('policy')
  const f = useFormat()
  const navigate = useNavigate()
  const basis = (draft.basis ?? undefined) as Clause | undefined
  const [first] = useState(() => newSet(draft.from, basis))
  const editor = useEditor({ draftId: draft.id, set: first, cases: [], revision: draft.revision, added: true, basis })
  const { set } = editor.held
  const [version] = set.versions as [SetVersion]
  const [condition] = partsOf(version.needs) as [Condition]
  const put = (next: EditedSet) => editor.change({ set: next, cases: [] })
  const make = async () => {
    if (await editor.save())
      void navigate({
        to: '/policy/drafts/$draftId/sets/$set' as never,
        params: { draftId: draft.id, set: set.id } as never,
        replace: true,
      })
  }
  return (
    <EditingContext value={editor.editing}>
      <PageHead
        title={t('author.new_set')}
        back={{ to: '/policy/drafts/$draftId', params: { draftId: draft.id }, label: t('author.back') }}
        subtitle={t('author.new_set_hint', { title: draft.title, date: f.date(draft.from) })}
      />
      {editor.failure !== null && (
        <div className="pol-author-said">
          <Failure error={editor.failure} />
        </div>
      )}
      <div className="pol-author">
        <div className="q-stack">
          <Card title={t('author.set')}>
            <div className="pol-form">
              <NewId set={set} onChange={put} />
              <div className="pol-pair">
                <About set={set} onChange={put} />
                <Nature set={set} onChange={put} />
              </div>
            </div>
          </Card>
          <Card title={t('author.first_condition')}>
            <div className="pol-form" data-at="versions.0.needs.all.0">
              <ConditionForm
                value={condition}
                at="versions.0.needs.all.0"
                onChange={(next) => put({ ...set, versions: [{ ...version, needs: { all: [next] } }] })}
              />
            </div>
          </Card>
          <div className="pol-acts">
            <Button look="primary" busy={editor.saving.busy} onClick={() => void make()}>
              {t('author.make')}
            </Button>
          </div>
        </div>
        <div className="pol-author-side q-stack">
          <Checked editor={editor} />
        </div>
      </div>
      <Leaving unsaved={editor.unsaved}>{t('author.leave_new')}</Leaving>
    </EditingContext>
  )
}
