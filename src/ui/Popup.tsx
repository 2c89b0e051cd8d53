/** A small panel that opens beside a button: for clauses and menus. Escape and a press elsewhere close it. */
import { type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import './controls.css'

const MARGIN = 8

export type PopupButton = {
  ref: React.Ref<HTMLButtonElement>
  'aria-expanded': boolean
  'aria-controls': string | undefined
  onClick: () => void
}

/** `button` renders what opens it; `children` what is inside and gets a function that closes it. */
export function Popup({
  button,
  children,
  label,
  menu,
}: {
  button: (wiring: PopupButton) => ReactNode
  children: (close: () => void) => ReactNode
  label: string
  /** Arrow keys move between the buttons and links inside. */
  menu?: boolean
}) {
  const [open, setOpen] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()

  const close = useCallback(() => {
    setOpen(false)
    if (panel.current?.contains(document.activeElement)) trigger.current?.focus()
  }, [])

  useLayoutEffect(() => {
    if (!open || !panel.current) return
    place(panel.current, trigger.current)
    if (menu) panel.current.querySelector<HTMLElement>('a, button')?.focus()
  }, [open, menu])

  useEffect(() => {
    if (!open) return
    const onPress = (event: PointerEvent) => {
      const target = event.target as Node
      if (!panel.current?.contains(target) && !trigger.current?.contains(target)) close()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.stopPropagation()
        // Else the browser closes the dialog around it as well.
        event.preventDefault()
        setOpen(false)
        trigger.current?.focus()
      }
      if (menu && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        event.preventDefault()
        moveFocus(panel.current, event.key === 'ArrowDown' ? 1 : -1)
      }
    }
    const onMove = () => {
      if (panel.current) place(panel.current, trigger.current)
    }
    document.addEventListener('pointerdown', onPress)
    document.addEventListener('keydown', onKey, true)
    addEventListener('resize', onMove)
    addEventListener('scroll', onMove, true)
    return () => {
      document.removeEventListener('pointerdown', onPress)
      document.removeEventListener('keydown', onKey, true)
      removeEventListener('resize', onMove)
      removeEventListener('scroll', onMove, true)
    }
  }, [open, menu, close])

  return (
    <span className="q-popup-place">
      {button({
        ref: trigger,
        'aria-expanded': open,
        'aria-controls': open ? id : undefined,
        onClick: () => setOpen(!open),
      })}
      {open && (
        // biome-ignore lint/a11y/useSemanticElements: a group of controls, not a fieldset of a form
        <div ref={panel} id={id} role="group" aria-label={label} className={menu ? 'q-popup q-menu' : 'q-popup'}>
          {children(close)}
        </div>
      )}
    </span>
  )
}

/** Below the button where there is room, else above; never beyond the window. */
function place(box: HTMLElement, trigger: HTMLElement | null): void {
  const anchor = trigger?.getBoundingClientRect()
  if (!anchor) return
  const { offsetWidth: width, offsetHeight: height } = box
  const below = anchor.bottom + 6 + height <= innerHeight - MARGIN
  const top = below ? anchor.bottom + 6 : Math.max(MARGIN, anchor.top - 6 - height)
  const wanted = anchor.left + width > innerWidth - MARGIN ? anchor.right - width : anchor.left
  box.style.top = `${top}px`
  box.style.left = `${Math.max(MARGIN, Math.min(wanted, innerWidth - MARGIN - width))}px`
}

function moveFocus(panel: HTMLElement | null, step: number): void {
  const stops = [...(panel?.querySelectorAll<HTMLElement>('a, button') ?? [])]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  stops[(at + step + stops.length) % stops.length]?.focus()
}
