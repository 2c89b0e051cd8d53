/** What can be done: at most one `primary` on a screen; `danger` in vermilion for what cannot be taken back. */
import { Link } from '@tanstack/react-router'
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import './controls.css'
import { Icon, type IconName } from './Icon.tsx'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

const className = (look: ButtonLook, wide?: boolean, small?: boolean, bare?: boolean) =>
  ['q-button', `q-button-${look}`, wide && 'q-wide', small && 'q-small', bare && 'q-bare'].filter(Boolean).join(' ')

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
  look?: ButtonLook
  icon?: IconName
  /** Under way: keeps its size and its focus, and does nothing when pressed again. */
  busy?: boolean
  wide?: boolean
  small?: boolean
  children?: ReactNode
}

export function Button({ look = 'plain', icon, busy, wide, small, children, onClick, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={className(look, wide, small, !children)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {icon && <Icon name={icon} size={small ? 16 : 18} />}
      {children && <span>{children}</span>}
    </button>
  )
}

/** A button that is only an icon: `label` is what it is called. */
export function IconButton({
  label,
  icon,
  ...rest
}: Omit<ButtonProps, 'children'> & { label: string; icon: IconName }) {
  return <Button look="quiet" {...rest} icon={icon} aria-label={label} title={label} />
}

export type GoProps = {
  to: string
  params?: Record<string, string>
  search?: Record<string, unknown>
  children: ReactNode
}

/** Leads to another page of the product and looks like a button. */
export function ButtonLink({
  look = 'plain',
  icon,
  wide,
  small,
  children,
  ...go
}: GoProps & { look?: ButtonLook; icon?: IconName; wide?: boolean; small?: boolean }) {
  return (
    <Link {...(go as { to: string })} className={className(look, wide, small)}>
      {icon && <Icon name={icon} size={small ? 16 : 18} />}
      <span>{children}</span>
    </Link>
  )
}

/** Leads to another page from within a text or a table. */
export function TextLink({ children, ...go }: GoProps) {
  return (
    <Link {...(go as { to: string })} className="q-text-link">
      {children}
    </Link>
  )
}
