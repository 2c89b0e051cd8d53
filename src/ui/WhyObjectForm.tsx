/** An objection in one’s own words, sent from a dialog: what it is about stands above them. */
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { TextAreaField } from './Field.tsx'
import { useWords } from './i18n.tsx'
import { Failure } from './Notice.tsx'

const SHORTEST = 5
const LONGEST = 1000

export function WhyObjectForm({
  title,
  label,
  hint,
  sending,
  onSend,
  onClose,
  children,
}: {
  title: string
  label?: string
  hint?: string
  sending: { busy: boolean; error: unknown }
  /** False where it could not be sent: the dialog stays, and says why. */
  onSend: (text: string) => Promise<boolean>
  onClose: () => void
  children: ReactNode
}) {
  const t = useWords('ui')
  const form = useId()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const short = text.trim().length < SHORTEST
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!short && !sending.busy && (await onSend(text.trim()))) onClose()
  }
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      acts={
        <Button type="submit" form={form} look="primary" busy={sending.busy}>
          {t('why.object.send')}
        </Button>
      }
    >
      <form id={form} className="q-stack" noValidate onSubmit={(event) => void submit(event)}>
        {children}
        <TextAreaField
          label={label ?? t('why.object.text')}
          hint={hint}
          error={tried && short ? t('why.object.short', { n: SHORTEST }) : undefined}
          required
          rows={5}
          maxLength={LONGEST}
          value={text}
          onChange={setText}
        />
        {sending.error ? <Failure error={sending.error} /> : null}
      </form>
    </Dialog>
  )
}
