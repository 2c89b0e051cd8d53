/** The list of a notice as everybody reads it, on the screen and on paper. */
import type { ReactNode } from 'react'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import type { ListedNotice } from '../../contract/notices.ts'
import './notices.css'

export function ListedRows({ listed, act }: { listed: ListedNotice; act?: (nth: number) => ReactNode }) {
  const t = useWords('cases')
  const pick = useBilingual()
  return (
    <table className="no-list">
      <thead>
        <tr>
          <th scope="col">{t('office.paper.nth')}</th>
          {listed.columns.map(({ key, title }) => (
            <th key={key} scope="col">
              {pick(title)}
            </th>
          ))}
          {act && (
            <th scope="col" className="no-act">
              <span className="q-hidden">{t('notices.object')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {listed.rows.map(({ nth, shown }) => (
          <tr key={nth}>
            <td className="q-num">{nth}</td>
            {listed.columns.map(({ key, title }) => (
              <td key={key} data-label={pick(title)}>
                {(shown[key] && pick(shown[key])) || '—'}
              </td>
            ))}
            {act && <td className="no-act">{act(nth)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
