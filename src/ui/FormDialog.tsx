/** A dialog that asks and acts: fields, what goes wrong in words, a way back, and one primary button. */
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { Button } from './Button.tsx'
import type { Act } from './client.tsx'
import { Dialog } from './Dialog.tsx'
import { useWords } from './i18n.tsx'
import { Failure } from './Notice.tsx'

export function FormDialog<Input, Answer>({
  title,
  submit,
  act,
  input,
  onDone,
  danger,
  wide,
  onClose,
  children,
}: {
  title: string
  /** The word on the button: what is done. */
  submit: string
  act: Act<Input, Answer>
  /** What is sent; null while something is missing. */
  input: () => Input | null | Promise<Input | null>
  /** What comes after, once the dialog is gone. */
  onDone?: (answer: Answer) => unknown
  danger?: boolean
  wide?: boolean
  onClose: () => void
  /** As a function it is told whether the act was tried: from then on a field that the browser does not check says what it misses. */
  children: ReactNode | ((tried: boolean) => ReactNode)
}) {
  const t = useWords('ui')
  const form = useId()
  const [tried, setTried] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (act.busy) return
    const wanted = await input()
    if (wanted === null) return
    const answer = await act.run(wanted)
    if (answer === undefined) return
    onClose()
    await onDone?.(answer)
  }
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      {...(wide ? { wide } : {})}
      acts={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={form} look={danger ? 'danger' : 'primary'} busy={act.busy}>
            {submit}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="q-stack"
        onInvalidCapture={() => setTried(true)}
        onSubmit={(event) => void send(event)}
      >
        {typeof children === 'function' ? children(tried) : children}
        {act.error !== null && act.error !== undefined && <Failure error={act.error} />}
      </form>
    </Dialog>
  )
}
