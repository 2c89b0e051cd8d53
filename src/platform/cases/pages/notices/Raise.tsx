/** Raises an objection to one line of the list; afterwards shows the receipt, once. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { CheckField, TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import type { PublicNotice } from '../../contract/notices.ts'
import { useCases } from '../office/handling.ts'

export function Raise({
  seen: { listed, anonymous },
  nth,
  onClose,
}: {
  seen: PublicNotice
  nth: number
  onClose: () => void
}) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const cases = useCases()
  const form = useId()
  const [words, setWords] = useState('')
  const [unnamed, setUnnamed] = useState(false)
  const [name, setName] = useState('')
  const [contact, setContact] = useState('')
  const [tried, setTried] = useState(false)
  const [receipt, setReceipt] = useState<string | null>(null)
  const act = useAct(cases.raiseObjection, { quiet: true })
  const row = listed.rows.find((one) => one.nth === nth)
  const lacks = {
    words: words.trim().length < 2,
    name: !unnamed && name.trim().length < 2,
    contact: !unnamed && contact.trim().length < 5,
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (lacks.words || lacks.name || lacks.contact) return
    const done = await act.run({ code: listed.code, nth, words, by: unnamed ? null : { name, contact } })
    if (done) setReceipt(done.receipt)
  }
  if (receipt)
    return (
      <Dialog
        open
        title={t('notices.raised_done')}
        onClose={onClose}
        acts={
          <Button look="primary" onClick={onClose}>
            {t('notices.kept')}
          </Button>
        }
      >
        <div className="q-stack">
          <Notice tone="done" live>
            {t('notices.receipt_says')}
          </Notice>
          <p className="no-receipt">{receipt}</p>
          <p className="q-quiet">{t('notices.receipt_hint')}</p>
        </div>
      </Dialog>
    )
  return (
    <Dialog
      open
      title={t('notices.object')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('office.cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={act.busy}>
            {t('notices.raise')}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" noValidate onSubmit={(event) => void submit(event)}>
        <p>
          {t('notices.line', { nth })}{' '}
          {row && f.dotted(listed.columns.map(({ key }) => row.shown[key] && pick(row.shown[key])))}
        </p>
        <TextAreaField
          label={t('notices.words')}
          required
          hint={t('notices.words_hint')}
          error={tried && lacks.words ? t('notices.words_missing') : undefined}
          rows={6}
          maxLength={4000}
          value={words}
          onChange={setWords}
        />
        {anonymous && (
          <CheckField
            label={t('notices.unnamed')}
            hint={t('notices.unnamed_hint')}
            checked={unnamed}
            onChange={setUnnamed}
          />
        )}
        {!unnamed && (
          <>
            <TextField
              label={t('notices.your_name')}
              required
              error={tried && lacks.name ? t('notices.name_missing') : undefined}
              value={name}
              onChange={setName}
              maxLength={64}
              autoComplete="name"
            />
            <TextField
              label={t('notices.your_contact')}
              required
              hint={t('notices.contact_hint')}
              error={tried && lacks.contact ? t('notices.contact_missing') : undefined}
              value={contact}
              onChange={setContact}
              maxLength={120}
              autoComplete="tel"
            />
          </>
        )}
        {act.error !== null && act.error !== undefined && <Failure error={act.error} />}
      </form>
    </Dialog>
  )
}
