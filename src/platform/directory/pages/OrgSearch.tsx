/** Finds an organisation by its name, its initials or its code; what is found leads to it without opening the tree. */
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Icon } from '../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Failure } from '../../../ui/Notice.tsx'
import { ALL, useDirectory } from './directory.ts'

/** What fits beside the details without scrolling away. */
const SHOWN = 20

export function OrgSearch({ chosen, onChoose }: { chosen: string | undefined; onChoose: (id: string) => void }) {
  const t = useWords('directory')
  const f = useFormat()
  const id = useId()
  const directory = useDirectory()
  const [typed, setTyped] = useState('')
  const search = typed.trim()
  const found = useQuery({
    queryKey: [...ALL, 'schools', search],
    queryFn: () => directory.schools({ search }),
    enabled: search !== '',
    placeholderData: (before) => before,
  })
  const rows = [...(found.data ?? [])].sort((a, b) => f.compareNames(a.shortName, b.shortName))
  return (
    <search className="dir-search">
      <label className="q-hidden" htmlFor={id}>
        {t('find')}
      </label>
      <span className="dir-search-box">
        <Icon name="search" size={16} />
        <input
          id={id}
          type="search"
          className="q-input"
          maxLength={60}
          placeholder={t('find')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </span>
      {search !== '' && (
        <>
          {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
          <p role="status" className="q-quiet">
            {found.data &&
              (rows.length > SHOWN
                ? t('found_more', { n: rows.length, shown: SHOWN })
                : t('found', { n: rows.length }))}
          </p>
          <ul className="dir-branch">
            {rows.slice(0, SHOWN).map((org) => (
              <li key={org.id}>
                <button
                  type="button"
                  className="dir-name"
                  aria-current={chosen === org.id ? 'true' : undefined}
                  onClick={() => onChoose(org.id)}
                >
                  {org.shortName}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </search>
  )
}
