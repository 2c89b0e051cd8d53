/** Asks once more before an act that others will see, and for the reason that the record keeps. */
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { TextAreaField } from './Field.tsx'
import { useWords } from './i18n.tsx'
import { Failure } from './Notice.tsx'

export function ConfirmWithReason({
  open,
  title,
  children,
  confirm,
  danger,
  reason = 'required',
  reasonLabel,
  reasonHint,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  open: boolean
  title: string
  /** What will happen, in figures: the preview of the act. */
  children?: ReactNode
  /** The word on the button: what is done, not 「确定」. */
  confirm: string
  danger?: boolean
  reason?: 'required' | 'optional' | 'none'
  reasonLabel?: string
  /** Why it is asked and who will read it, where that is more than the record: the person concerned, every school. */
  reasonHint?: string
  busy?: boolean
  error?: unknown
  onConfirm: (reason: string) => void
  onClose: () => void
}) {
  const t = useWords('ui')
  const form = useId()
  const [text, setText] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason === 'required' && text.trim() === '') setMissing(true)
    else if (!busy) onConfirm(text.trim())
  }
  return (
    <Dialog
      open={open}
      title={title}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={form} look={danger ? 'danger' : 'primary'} busy={busy ?? false}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="q-stack" noValidate>
        {children}
        {reason !== 'none' && (
          <TextAreaField
            label={reasonLabel ?? t('reason.label')}
            required={reason === 'required'}
            hint={reasonHint ?? t('reason.hint')}
            error={missing && text.trim() === '' ? t('reason.missing') : undefined}
            value={text}
            onChange={setText}
            maxLength={500}
          />
        )}
        {error !== undefined && error !== null && <Failure error={error} />}
      </form>
    </Dialog>
  )
}
