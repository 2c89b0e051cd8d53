/** Teaching, title and posts from a date on: what held until then stays in the history. */
import { useState } from 'react'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { useAct } from '../../../ui/client.tsx'
import { CheckField, SelectField, TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { useCodes } from './codes.ts'
import { type PersonDialog, stale, useRecords, useToday } from './records.ts'

function FromField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useWords('records')
  return <TextField label={t('from')} required type="date" hint={t('from_hint')} value={value} onChange={onChange} />
}

type Line = { key: number; stage: string; subject: string }
/** As many as the contract takes. */
const MOST = 12

export function TeachingDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const codes = useCodes()
  const today = useToday()
  const [from, setFrom] = useState<string>(today)
  const [lines, setLines] = useState<Line[]>(() =>
    person.teachings
      .filter(({ until }) => until === null || until > today)
      .map(({ stage, subject }, key) => ({ key, stage, subject })),
  )
  const act = useAct(useRecords().setTeaching, {
    done: t('teaching.done'),
    refresh: stale(person.personId),
    quiet: true,
  })
  const change = (key: number, patch: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...patch } : line)))
  const add = () =>
    setLines([
      ...lines,
      { key: Math.max(-1, ...lines.map(({ key }) => key)) + 1, stage: lines.at(-1)?.stage ?? '', subject: '' },
    ])
  return (
    <FormDialog
      title={t('teaching.act')}
      submit={t('save')}
      act={act}
      onClose={onClose}
      input={() => ({
        personId: person.personId,
        from,
        teaching: lines.map(({ stage, subject }) => ({ stage, subject })),
      })}
    >
      <FromField value={from} onChange={setFrom} />
      {lines.length === 0 && <p className="q-quiet">{t('teaching.none')}</p>}
      {lines.map(({ key, stage, subject }) => (
        <div key={key} className="rec-line">
          <SelectField
            label={t('stage')}
            required
            placeholder={t('choose')}
            value={stage}
            onChange={(value) => change(key, { stage: value })}
            choices={codes.choices('stage')}
          />
          <SelectField
            label={t('subject')}
            required
            placeholder={t('choose')}
            value={subject}
            onChange={(value) => change(key, { subject: value })}
            choices={codes.choices('subject')}
          />
          <IconButton
            icon="trash"
            label={t('teaching.remove')}
            onClick={() => setLines(lines.filter((line) => line.key !== key))}
          />
        </div>
      ))}
      {lines.length < MOST && (
        <div>
          <Button icon="plus" onClick={add}>
            {t('teaching.add')}
          </Button>
        </div>
      )}
    </FormDialog>
  )
}

export function TitleDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const codes = useCodes()
  const [from, setFrom] = useState<string>(useToday())
  const [title, setTitle] = useState(person.title ?? '')
  const act = useAct(useRecords().setTitle, { done: t('title.done'), refresh: stale(person.personId), quiet: true })
  return (
    <FormDialog
      title={t('title.act')}
      submit={t('save')}
      act={act}
      onClose={onClose}
      input={() => ({ personId: person.personId, from, title })}
    >
      <SelectField
        label={t('title')}
        required
        placeholder={t('choose')}
        value={title}
        onChange={setTitle}
        choices={codes.choices('title')}
      />
      <FromField value={from} onChange={setFrom} />
    </FormDialog>
  )
}

export function PostsDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const codes = useCodes()
  const [from, setFrom] = useState<string>(useToday())
  const [posts, setPosts] = useState<readonly string[]>(person.posts)
  const act = useAct(useRecords().setPosts, { done: t('posts.done'), refresh: stale(person.personId), quiet: true })
  return (
    <FormDialog
      title={t('posts.act')}
      submit={t('save')}
      act={act}
      onClose={onClose}
      input={() => ({ personId: person.personId, from, posts: [...posts] })}
    >
      <fieldset className="rec-checks">
        <legend>{t('post')}</legend>
        {codes.choices('post').map(({ value, label }) => (
          <CheckField
            key={value}
            label={label}
            checked={posts.includes(value)}
            onChange={(on) => setPosts(on ? [...posts, value] : posts.filter((code) => code !== value))}
          />
        ))}
      </fieldset>
      <FromField value={from} onChange={setFrom} />
    </FormDialog>
  )
}
