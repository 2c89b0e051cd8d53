/** Asks or shows one thing in front of the page: the browser's own dialog keeps the focus inside and gives it back. */
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './Button.tsx'
import { useWords } from './i18n.tsx'
import './overlays.css'

export type DialogProps = {
  open: boolean
  title: string
  onClose: () => void
  children: ReactNode
  /** Buttons at the foot, the primary one last. */
  acts?: ReactNode
  /** `sheet` comes from below on a phone and from the right on a desk; `box` stands in the middle. */
  form?: 'box' | 'sheet'
  wide?: boolean
}

export function Dialog({ open, title, onClose, children, acts, form = 'box', wide }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  const t = useWords('ui')
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes with Escape, which the browser turns into cancel
    <dialog
      ref={ref}
      className={`q-dialog q-dialog-${form}${wide ? ' q-dialog-wide' : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose()
      }}
    >
      {open && (
        <div className="q-dialog-inner">
          <div className="q-dialog-head">
            <h2 id={id}>{title}</h2>
            <IconButton icon="close" label={t('close')} onClick={onClose} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a body that scrolls must be reachable by keyboard */}
          <div className="q-dialog-body" tabIndex={0}>
            {children}
          </div>
          {acts && <div className="q-dialog-acts">{acts}</div>}
        </div>
      )}
    </dialog>
  )
}

/** A panel over the page: filters, details, menus on a phone. */
export const Sheet = (props: Omit<DialogProps, 'form'>) => <Dialog {...props} form="sheet" />
