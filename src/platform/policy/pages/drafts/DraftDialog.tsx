/** A dialog in which something of a draft is said or confirmed: the fields, what went wrong, and the two ways out. */
import { type FormEvent, type ReactNode, useId } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import type { IconName } from '../../../../ui/Icon.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'

export function DraftDialog({
  title,
  confirm,
  icon,
  disabled = false,
  act: { busy, error },
  onClose,
  onConfirm,
  children,
}: {
  title: string
  /** What the button says that does it. */
  confirm: string
  icon?: IconName
  disabled?: boolean
  /** What is done on confirming; closes the dialog itself where it succeeds. */
  act: { busy: boolean; error: unknown }
  onClose: () => void
  onConfirm: () => Promise<void>
  children: ReactNode
}) {
  const t = useWords('policy')
  const form = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void onConfirm()
  }
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('draft.cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={busy} disabled={disabled} {...(icon ? { icon } : {})}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={submit}>
        {children}
        {error != null && <Failure error={error} />}
      </form>
    </Dialog>
  )
}
