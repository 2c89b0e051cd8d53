/** Asks or shows one thing in front of the page: the focus goes to its first field, stays inside, and returns to what opened it. */
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
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
  // Before the page is painted, and before what is in front leaves it: a dialog that is taken out of the page would drop the focus.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog || !open) return
    const opener = document.activeElement
    dialog.showModal()
    enter(dialog)
    return () => {
      dialog.close()
      giveBack(opener)
    }
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
            <h2 id={id} tabIndex={-1}>
              {title}
            </h2>
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

const FIELD = ['input', 'select', 'textarea']
  .map((tag) => `.q-dialog-body ${tag}:not([disabled], [type=hidden])`)
  .join()

/** To the first field, of a group of choices to the chosen one; where nothing is asked, to the heading, which is read out. */
function enter(dialog: HTMLDialogElement): void {
  const field = dialog.querySelector<HTMLInputElement>(FIELD)
  const chosen =
    field?.type === 'radio' && dialog.querySelector<HTMLElement>(`input[name="${CSS.escape(field.name)}"]:checked`)
  const place = chosen || field || dialog.querySelector<HTMLElement>('h2')
  place?.focus()
}

/** To what opened it; where that is gone, as a row after it was taken back, to the heading of what is in front now. */
function giveBack(opener: Element | null): void {
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
  // The page may still be on its way: whether the opener outlives the act is known once it is drawn.
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return
    const front =
      document.querySelector<HTMLElement>('dialog[open] h2') ?? document.querySelector<HTMLElement>('main h1')
    front?.focus({ preventScroll: true })
  })
}

/** A panel over the page: filters, details, menus on a phone. */
export const Sheet = (props: Omit<DialogProps, 'form'>) => <Dialog {...props} form="sheet" />
