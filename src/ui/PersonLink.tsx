/** A person's name leading to their page, with what tells two people of the same name apart. */
import { Link } from '@tanstack/react-router'
import './figures.css'
import { useFormat } from './i18n.tsx'

export function PersonLink({ id, name, number, org }: { id: string; name: string; number?: string; org?: string }) {
  const note = useFormat().dotted([number, org])
  return (
    <span className="q-person">
      <Link {...({ to: '/people/$personId', params: { personId: id } } as unknown as { to: string })}>{name}</Link>
      {note && <small>{note}</small>}
    </span>
  )
}
