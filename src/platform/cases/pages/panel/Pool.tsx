/** The pool of experts to choose from: who is kept from how many of the cases stands beside each. */
import { useState } from 'react'
import { TextField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { Candidates } from './meeting.ts'

export function Pool({
  experts,
  waiting,
  named,
  onChange,
}: {
  experts: Candidates['experts']
  waiting: number
  named: readonly string[]
  onChange: (named: readonly string[]) => void
}) {
  const t = useWords('cases')
  const f = useFormat()
  const [q, setQ] = useState('')
  if (experts.length === 0) return <Empty title={t('panel.pool_empty')} hint={t('panel.pool_empty_hint')} />
  const shown = experts.filter(({ name, employer, fields }) =>
    `${name} ${employer} ${Object.keys(fields).join(' ')}`.includes(q),
  )
  const toggle = (id: string) => onChange(named.includes(id) ? named.filter((other) => other !== id) : [...named, id])
  return (
    <>
      <TextField label={t('panel.find_expert')} type="search" value={q} onChange={setQ} />
      <ul className="panel-pool">
        {shown.map(({ accountId, name, employer, title, fields, conflicts }) => (
          <li key={accountId}>
            <label className="q-check">
              <input type="checkbox" checked={named.includes(accountId)} onChange={() => toggle(accountId)} />
              <span>
                {name}
                <small>{f.dotted([employer, title ?? '', Object.keys(fields).join('、')])}</small>
              </span>
            </label>
            {conflicts > 0 && <StatusTag tone="wait">{t('panel.kept_from', { n: conflicts, of: waiting })}</StatusTag>}
          </li>
        ))}
      </ul>
    </>
  )
}
