/** What a set is called, of whom it is asked, how it stands to the rule of a higher authority, and whom it is about. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { useEditing, useSaid } from './editing.ts'
import { BilingualFields, ClauseFields } from './Fields.tsx'
import { nameFrom } from './parts.ts'
import type { EditedSet, SetVersion } from './set.ts'

type Part = { set: EditedSet; onChange: (set: EditedSet) => void }

export function SetHead({ set, onChange, added, above }: Part & { added: boolean; above: string | null }) {
  const t = useWords('policy')
  const [version] = set.versions as [SetVersion]
  const change = (patch: Partial<SetVersion>) => onChange({ ...set, versions: [{ ...version, ...patch }] })
  const { applies, ...everybody } = version
  return (
    <Card title={t('author.set')}>
      <div className="pol-form">
        <BilingualFields
          label={t('author.title')}
          at="title"
          value={set.title}
          onChange={(title) => onChange({ ...set, title })}
          required
        />
        <div className="pol-pair">
          {added && <About set={set} onChange={onChange} />}
          <Nature set={set} onChange={onChange} />
        </div>
        {above !== null && <Over set={set} onChange={onChange} above={above} />}
        {applies === undefined ? (
          <div className="pol-acts">
            <Button small icon="filter" onClick={() => change({ applies: '' })}>
              {t('author.add_applies')}
            </Button>
          </div>
        ) : (
          <>
            <ExpressionField
              label={t('author.applies')}
              at="versions.0.applies"
              value={applies}
              onChange={(next) => change({ applies: next })}
            />
            <div className="pol-acts">
              <Button small look="quiet" icon="trash" onClick={() => onChange({ ...set, versions: [everybody] })}>
                {t('author.remove_applies')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  )
}

export function About({ set, onChange }: Part) {
  const t = useWords('policy')
  return (
    <SelectField
      label={t('author.about')}
      value={set.about}
      error={useSaid()('about')}
      onChange={(about) => onChange({ ...set, about })}
      choices={['person', 'organisation'].map((one) => ({ value: one, label: t(`author.about.${one}`) }))}
    />
  )
}

export function Nature({ set, onChange }: Part) {
  const t = useWords('policy')
  const { nature, ...goal } = set
  return (
    <SelectField
      label={t('author.nature')}
      hint={t(nature ? 'author.nature_status_hint' : 'author.nature_goal_hint')}
      value={nature ?? 'goal'}
      onChange={(next) => onChange(next === 'status' ? { ...goal, nature: 'status' } : goal)}
      choices={['goal', 'status'].map((one) => ({ value: one, label: t(`author.nature.${one}`) }))}
    />
  )
}

const DOMAINS = [
  ...['training', 'title', 'rotation', 'retirement', 'qualification', 'registration', 'ethics', 'staffing'],
  ...['talent', 'pay', 'funding', 'access', 'service'],
] as const

/** Its identifier: the domain that it belongs to, and a name made of the English title until somebody writes another. */
export function NewId({ set, onChange }: Part) {
  const t = useWords('policy')
  const said = useSaid()
  const { strict } = useEditing()
  const [domain, setDomain] = useState('training')
  const [own, setOwn] = useState<string | null>(null)
  const name = own ?? nameFrom(set.title.en)
  const put = (next: EditedSet, where = domain, written = own) => {
    const called = written ?? nameFrom(next.title.en)
    onChange({ ...next, id: called === '' ? '' : `${where}.${called}` })
  }
  return (
    <>
      <BilingualFields
        label={t('author.title')}
        at="title"
        value={set.title}
        onChange={(title) => put({ ...set, title })}
        required
      />
      <div className="pol-pair">
        <SelectField
          label={t('author.domain')}
          value={domain}
          onChange={(next) => {
            setDomain(next)
            put(set, next)
          }}
          choices={DOMAINS.map((one) => ({ value: one, label: t(`domain.${one}`) }))}
        />
        <TextField
          label={t('author.set_id')}
          hint={t('author.set_id_hint', { id: set.id || `${domain}.…` })}
          value={name}
          error={name === '' && !strict ? undefined : said('id')}
          spellCheck={false}
          autoCapitalize="none"
          onChange={(next) => {
            setOwn(next)
            put(set, domain, next)
          }}
        />
      </div>
    </>
  )
}

/** How it stands to the rule of a higher authority; the clause that permits it, where that is asked for. */
function Over({ set, onChange, above }: Part & { above: string }) {
  const t = useWords('policy')
  const said = useSaid()
  const { problems } = useEditing()
  const over = set.extends
  const asked = problems.some(({ path }) => path.startsWith('extends.permission'))
  const choose = (next: string) => {
    const { extends: before, ...rest } = set
    onChange(next === '' ? rest : { ...rest, extends: { ...before, how: next as 'tightens' | 'replaces' } })
  }
  return (
    <>
      <SelectField
        label={t('author.over', { above })}
        value={over?.how ?? ''}
        error={said('extends')}
        onChange={choose}
        placeholder={t('author.over.choose')}
        choices={['tightens', 'replaces'].map((one) => ({ value: one, label: t(`author.over.${one}`) }))}
      />
      {over && (asked || over.permission) && (
        <>
          <p className={said('extends.permission') ? 'pol-differs' : 'q-quiet'}>
            {said('extends.permission') ?? t('author.permission')}
          </p>
          <ClauseFields
            at="extends.permission"
            value={over.permission}
            onChange={(permission) => onChange({ ...set, extends: { ...over, permission } })}
          />
        </>
      )}
    </>
  )
}
