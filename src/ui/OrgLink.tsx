/** An organisation's name leading to its page. */
import { Link } from '@tanstack/react-router'
import './figures.css'

export function OrgLink({ id, name, note }: { id: string; name: string; note?: string | undefined }) {
  return (
    <span className="q-person">
      <Link {...({ to: '/organisations', search: { org: id } } as unknown as { to: string })}>{name}</Link>
      {note && <small>{note}</small>}
    </span>
  )
}
