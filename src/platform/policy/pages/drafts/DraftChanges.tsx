/** What a draft changes: each figure as it holds and as it would, each set with its conditions. */
import { ButtonLink, IconButton, TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { DraftDetail, policyContract } from '../../contract.ts'
import { clauseData } from '../clause.ts'
import { Figure } from '../Figure.tsx'
import { SetDifferences } from '../library/Differences.tsx'
import { FigurePermission } from './Permission.tsx'

export function DraftChanges({ draft }: { draft: DraftDetail }) {
  const t = useWords('policy')
  const { parameters, sets, may } = draft
  const unchanged = draft.affects.filter(({ id }) => !sets.some((set) => set.id === id))
  return (
    <Card title={t('draft.changes')}>
      {parameters.length + sets.length === 0 && <p className="q-quiet">{t('draft.nothing')}</p>}
      {parameters.length > 0 && (
        <ul className="pol-draft-figures">
          {parameters.map((figure) => (
            <FigureLine key={figure.id} draft={draft} figure={figure} />
          ))}
        </ul>
      )}
      {sets.length > 0 && (
        <ul className="pol-draft-figures">
          {sets.map((set) => (
            <SetLine key={set.id} draft={draft} set={set} />
          ))}
        </ul>
      )}
      {may.edit && (
        <div className="pol-draft-more">
          <ButtonLink small icon="chart" to="/policy/lab" search={{ draft: draft.id, org: draft.orgId }}>
            {t('draft.change_figures')}
          </ButtonLink>
          <ButtonLink small icon="plus" to={`/policy/drafts/${draft.id}/new-set`}>
            {t('draft.new_set')}
          </ButtonLink>
          {unchanged.map((set) => (
            <EditSet key={set.id} draftId={draft.id} set={set} />
          ))}
        </div>
      )}
    </Card>
  )
}

function EditSet({ draftId, set }: { draftId: string; set: DraftDetail['affects'][number] }) {
  const t = useWords('policy')
  const pick = useBilingual()
  return (
    <ButtonLink small icon="edit" to={`/policy/drafts/${draftId}/sets/${set.id}`}>
      {t('draft.change_set', { title: pick(set.title) })}
    </ButtonLink>
  )
}

function FigureLine({ draft, figure }: { draft: DraftDetail; figure: DraftDetail['parameters'][number] }) {
  const t = useWords('policy')
  const pick = useBilingual()
  const f = useFormat()
  const policy = useClient<typeof policyContract>('policy')
  const save = useAct(policy.saveDraft, { done: t('draft.saved'), refresh: [['policy']] })
  const { id, title, unit, value, clause, note, now } = figure
  const label = pick(title)
  const drop = () => void save.run({ draftId: draft.id, revision: draft.revision, parameters: { [id]: null } })
  return (
    <li>
      <span className="pol-draft-name">
        {label} <span className="pol-id">{id}</span>
      </span>
      <span className="pol-draft-move">
        {now && (
          <>
            <s className="q-quiet">
              <Figure value={now.value} unit={unit} />
            </s>
            <Clause
              label={f.dotted([label, t('parameters.now')])}
              clause={clauseData(now.clause, now.confidence, { missing: t('lab.no_clause'), from: now.from })}
            />
            <span aria-hidden="true">→</span>
          </>
        )}
        <Figure value={value} unit={unit} />
        <Clause
          label={label}
          clause={clauseData(clause, clause ? 'S' : 'U', { missing: t('draft.no_document'), from: draft.from, note })}
        />
      </span>
      <span className="q-quiet">
        {now ? t('draft.now_since', { date: f.date(now.from) }) : t('draft.from_day', { date: f.date(draft.from) })}
      </span>
      {draft.may.edit && (
        <IconButton icon="trash" label={t('draft.drop', { what: label })} busy={save.busy} onClick={drop} />
      )}
      <FigurePermission draft={draft} figure={figure} />
    </li>
  )
}

function SetLine({ draft, set }: { draft: DraftDetail; set: DraftDetail['sets'][number] }) {
  const t = useWords('policy')
  const pick = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const drop = useAct(policy.dropDraftSet, { done: t('draft.saved'), refresh: [['policy']] })
  const label = pick(set.title)
  return (
    <li>
      <span className="pol-draft-name">
        <TextLink to={`/policy/drafts/${draft.id}/sets/${set.id}`}>{label}</TextLink>
        <span className="pol-id">{set.id}</span>
      </span>
      <span className="q-quiet">{t('draft.conditions', { n: set.conditions.length })}</span>
      {draft.may.edit && (
        <IconButton
          icon="trash"
          label={t('draft.drop', { what: label })}
          busy={drop.busy}
          onClick={() => void drop.run({ draftId: draft.id, revision: draft.revision, set: set.id })}
        />
      )}
      <div className="pol-draft-set-change">
        {set.change ? <SetDifferences set={set.change} /> : <p className="q-quiet">{t('draft.set_same')}</p>}
      </div>
    </li>
  )
}
