/** The frame of an act on a person: fields, what goes wrong in words, and one primary button. */
import { type FormEvent, type ReactNode, useId } from 'react'
import { Button } from '../../../ui/Button.tsx'
import type { Act } from '../../../ui/client.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Failure } from '../../../ui/Notice.tsx'
import { KEYS, type Person } from './records.ts'

export type PersonDialog = { person: Person; onClose: () => void }

/** What an act on a person makes stale. */
export const stale = (personId: string) => [KEYS.person(personId), KEYS.people, KEYS.arrivals] as const

export function ActDialog<Input>({
  title,
  submit,
  act,
  input,
  danger,
  onClose,
  children,
}: {
  title: string
  submit: string
  act: Act<Input, unknown>
  /** What is sent; null while something is missing. */
  input: () => Input | null
  danger?: boolean
  onClose: () => void
  children: ReactNode
}) {
  const t = useWords('ui')
  const form = useId()
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = input()
    if (wanted === null || act.busy) return
    if ((await act.run(wanted)) !== undefined) onClose()
  }
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={form} look={danger ? 'danger' : 'primary'} busy={act.busy}>
            {submit}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void send(event)}>
        {children}
        {act.error !== null && act.error !== undefined && <Failure error={act.error} />}
      </form>
    </Dialog>
  )
}
