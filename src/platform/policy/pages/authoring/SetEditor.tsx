/** A requirement set in a draft, edited as a form; expressions are checked while one types, and the worked cases can be run. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { policyContract } from '../../contract.ts'
import { Cases } from './Cases.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { BilingualFields, ClauseFields } from './Fields.tsx'
import { GroupForm } from './GroupForm.tsx'
import { asksPermission, SetFailure } from './SetFailure.tsx'
import { type EditedSet, idsIn, type SetVersion, tidied } from './set.ts'
import { useOffers } from './use-offers.ts'
import '../policy.css'
import './authoring.css'

export default function SetEditor() {
  const draftId = usePathPart('draftId')
  const set = usePathPart('set')
  const policy = useClient<typeof policyContract>('policy')
  const found = useQuery({
    queryKey: ['policy', 'draft-set', draftId, set],
    queryFn: () => policy.draftSet({ draftId, set }),
    // What is being edited must not change under the hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <Answer of={found} height={480}>
      {({ declared, revision }) => <Editing draftId={draftId} first={declared as EditedSet} revision={revision} />}
    </Answer>
  )
}

function Editing({ draftId, first, revision: read }: { draftId: string; first: EditedSet; revision: number }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const [set, setSet] = useState(first)
  const [saved, setSaved] = useState(() => JSON.stringify(tidied(first)))
  const [revision, setRevision] = useState(read)
  const [opened, setOpened] = useState<string | null>(null)
  const offers = useOffers(draftId)
  const saving = useAct(policy.saveDraftSet, {
    done: t('author.saved'),
    refresh: [
      ['policy', 'drafts'],
      ['policy', 'draft'],
    ],
    quiet: true,
  })
  const version = set.versions[0]!
  const writing = { draftId, about: set.about, offers }
  const change = (patch: Partial<SetVersion>) => setSet({ ...set, versions: [{ ...version, ...patch }] })
  const grades = version.grades ?? []
  const taken = [version.needs, ...grades.map(({ when }) => when)].flatMap(idsIn)
  const editing = { writing, taken, opened, onOpened: setOpened }
  const now = JSON.stringify(tidied(set))
  const dirty = now !== saved
  const save = async () => {
    const answer = await saving.run({ draftId, revision, declared: tidied(set) })
    if (!answer) return
    setRevision(answer.revision)
    setSaved(now)
  }
  return (
    <>
      <PageHead
        title={pick(set.title)}
        back={{ to: '/policy/drafts/$draftId', params: { draftId }, label: t('author.back') }}
        subtitle={
          <>
            <code className="pol-code">{set.id}</code> {t('library.from', { date: f.date(version.from) })}
          </>
        }
        tags={dirty && <StatusTag tone="wait">{t('author.unsaved')}</StatusTag>}
        act={
          <Button look="primary" disabled={!dirty} busy={saving.busy} onClick={() => void save()}>
            {t('author.save')}
          </Button>
        }
      />
      {saving.error !== null && (
        <div className="pol-author-said">
          <SetFailure error={saving.error} />
        </div>
      )}
      <div className="pol-author">
        <div className="q-stack">
          <Card title={t('author.set')}>
            <div className="pol-form">
              <BilingualFields
                label={t('author.title')}
                value={set.title}
                onChange={(title) => setSet({ ...set, title })}
                required
              />
              <Over set={set} onChange={setSet} asked={asksPermission(saving.error)} />
              {version.applies !== undefined ? (
                <ExpressionField
                  label={t('author.applies')}
                  value={version.applies}
                  onChange={(applies) => change({ applies })}
                  writing={writing}
                />
              ) : null}
            </div>
          </Card>
          <Card title={t('author.needs')}>
            <GroupForm value={version.needs} onChange={(needs) => change({ needs })} editing={editing} />
          </Card>
          {grades.map((grade, nth) => (
            <Card key={grade.id} title={t('rules.grade', { title: pick(grade.title) })}>
              <GroupForm
                value={grade.when}
                onChange={(when) => change({ grades: grades.map((one, at) => (at === nth ? { ...one, when } : one)) })}
                editing={editing}
              />
            </Card>
          ))}
        </div>
        <div className="pol-author-side">
          <Cases draftId={draftId} set={set} />
        </div>
      </div>
    </>
  )
}

/** How it stands to the rule of a higher authority; the clause that permits it, where that is asked for. */
function Over({ set, onChange, asked }: { set: EditedSet; onChange: (set: EditedSet) => void; asked: boolean }) {
  const t = useWords('policy')
  const over = set.extends
  const how = over?.how ?? ''
  const choose = (next: string) => {
    const { extends: before, ...rest } = set
    onChange(next === '' ? rest : { ...rest, extends: { ...before, how: next as 'tightens' | 'replaces' } })
  }
  return (
    <>
      <SelectField
        label={t('author.over')}
        value={how}
        onChange={choose}
        choices={['', 'tightens', 'replaces'].map((one) => ({ value: one, label: t(`author.over.${one || 'own'}`) }))}
      />
      {over && (asked || over.permission) && (
        <>
          <p className="q-quiet">{t('author.permission')}</p>
          <ClauseFields
            value={over.permission}
            onChange={(permission) => onChange({ ...set, extends: { ...over, permission } })}
          />
        </>
      )}
    </>
  )
}
