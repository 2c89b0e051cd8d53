/** Takes an expert into the pool, or changes what is said of one. */
import { useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { CheckField, SelectField, TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { type Expert, KEYS, useCases } from './reviewing.ts'

/** 语文3、历史1 */
const written = (fields: Record<string, number>) =>
  Object.entries(fields)
    .map(([field, level]) => `${field}${level}`)
    .join('、')
const readFields = (text: string): Record<string, number> | null => {
  const parts = text.split(/[、,，;；]+/).map((part) => /^\s*(.*?)\s*([1-3])?\s*$/.exec(part))
  const fields = parts.flatMap((found) => (found?.[1] ? [[found[1], Number(found[2] ?? 2)] as const] : []))
  return fields.length === 0 ? null : Object.fromEntries(fields)
}

export function ExpertDialog({ expert, onClose }: { expert: Expert | null; onClose: () => void }) {
  const t = useWords('cases')
  const cases = useCases()
  const form = useId()
  const [from, setFrom] = useState<'record' | 'outside'>('record')
  const [number, setNumber] = useState('')
  const [outside, setOutside] = useState({ name: '', employer: '', login: '' })
  const [fields, setFields] = useState(expert ? written(expert.fields) : '')
  const [title, setTitle] = useState(expert?.title ?? '')
  const [most, setMost] = useState(String(expert?.most ?? 60))
  const [active, setActive] = useState(expert?.active ?? true)
  const [password, setPassword] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const refresh = [KEYS.experts]
  const add = useAct(cases.addExpert, { done: t('review.expert_kept'), refresh, quiet: true })
  const save = useAct(cases.saveExpert, { done: t('review.expert_kept'), refresh, quiet: true })
  const submit = async () => {
    const read = readFields(fields)
    setWrong(read === null)
    if (read === null) return
    const facts = { fields: read, most: Number(most), title: title.trim() || null }
    if (expert) {
      if (await save.run({ accountId: expert.accountId, ...facts, active })) onClose()
      return
    }
    const made = await add.run({ ...facts, ...(from === 'record' ? { number } : { outside }) })
    if (made?.initialPassword) setPassword(made.initialPassword)
    else if (made) onClose()
  }
  return (
    <Dialog
      open
      title={expert ? expert.name : t('review.add_expert')}
      onClose={onClose}
      acts={
        password !== null ? (
          <Button look="primary" onClick={onClose}>
            {t('review.close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('review.cancel')}</Button>
            <Button look="primary" type="submit" form={form} busy={add.busy || save.busy}>
              {t('review.keep')}
            </Button>
          </>
        )
      }
    >
      {password !== null ? (
        <Notice tone="done" live title={t('review.password_is', { password })}>
          {t('review.password_hint', { login: outside.login })}
        </Notice>
      ) : (
        <form
          id={form}
          className="q-stack"
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          {!expert && (
            <SelectField
              label={t('review.expert_from')}
              value={from}
              onChange={(value) => setFrom(value as typeof from)}
              choices={(['record', 'outside'] as const).map((value) => ({ value, label: t(`review.from.${value}`) }))}
            />
          )}
          {!expert && from === 'record' && (
            <TextField label={t('review.number')} required value={number} onChange={setNumber} />
          )}
          {!expert && from === 'outside' && (
            <>
              <TextField
                label={t('review.name')}
                required
                minLength={2}
                value={outside.name}
                onChange={(name) => setOutside({ ...outside, name })}
              />
              <TextField
                label={t('review.employer')}
                hint={t('review.employer_hint')}
                required
                minLength={2}
                value={outside.employer}
                onChange={(employer) => setOutside({ ...outside, employer })}
              />
              <TextField
                label={t('review.login')}
                required
                minLength={3}
                value={outside.login}
                onChange={(login) => setOutside({ ...outside, login })}
              />
            </>
          )}
          <TextField
            label={t('review.fields')}
            hint={t('review.fields_hint')}
            error={wrong ? t('review.fields_wrong') : undefined}
            required
            value={fields}
            onChange={setFields}
          />
          <TextField label={t('review.job_title')} required={false} maxLength={40} value={title} onChange={setTitle} />
          <TextField
            label={t('review.most_papers')}
            required
            type="number"
            min={1}
            max={500}
            value={most}
            onChange={setMost}
          />
          {expert && <CheckField label={t('review.active_hint')} checked={active} onChange={setActive} />}
          {(add.error ?? save.error) !== null && <Failure error={add.error ?? save.error} />}
        </form>
      )}
    </Dialog>
  )
}
