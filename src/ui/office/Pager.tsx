/** Leads through the pages of a keyset-paged list: there and back, with what is shown of how many. */
import { useEffect } from 'react'
import { useAddress } from '../address.ts'
import { Button } from '../Button.tsx'
import { useWords } from '../i18n.tsx'
import { addressKey, changeTable, SIZES, type TableQuery } from './table-query.ts'

/** Which cursor came before which, as far as this window has seen: a keyset only knows the way forward. */
const before = new Map<string, string>()

export function Pager({
  name,
  prefix,
  page,
  query,
  shown,
  next,
  total,
  settled,
}: {
  name: string
  prefix: string
  page: number
  query: TableQuery
  shown: number
  next: string | null
  total: number
  /** False while another page is still on its way: what is shown belongs to the page before. */
  settled: boolean
}) {
  const t = useWords('ui')
  const [, change] = useAddress()
  const from = (page - 1) * query.limit + 1
  const previous = query.cursor ? before.get(`${name}|${query.cursor}`) : undefined
  useEffect(() => {
    if (next && settled) before.set(`${name}|${next}`, query.cursor ?? '')
  }, [name, next, settled, query.cursor])
  const go = (cursor: string | null, to: number) =>
    settled &&
    change({
      [addressKey(prefix, 'cursor')]: cursor ?? undefined,
      [addressKey(prefix, 'page')]: to > 1 ? String(to) : undefined,
    })
  return (
    <nav className="q-pager" aria-label={t('table.page', { n: page })}>
      <span className="q-num">
        {shown > 0 && t('table.range', { from, to: from + shown - 1 })}
        {shown > 0 ? t('table.of', { n: total }) : t('table.total', { n: total })}
      </span>
      {total > SIZES[0] && (
        <label>
          <span className="q-hidden">{t('table.size')}</span>
          <select
            className="q-input"
            value={query.limit}
            onChange={(event) => change(changeTable(prefix, { size: event.target.value }))}
          >
            {SIZES.map((size) => (
              <option key={size} value={size}>
                {t('table.size_n', { n: size })}
              </option>
            ))}
          </select>
        </label>
      )}
      {(page > 1 || next) && (
        <>
          {page > 1 && previous === undefined ? (
            <Button small onClick={() => go(null, 1)}>
              {t('table.first')}
            </Button>
          ) : (
            <Button small icon="chevron-left" disabled={page === 1} onClick={() => go(previous || null, page - 1)}>
              {t('table.previous')}
            </Button>
          )}
          <Button small disabled={!next} onClick={() => go(next, page + 1)}>
            {t('table.next')}
          </Button>
        </>
      )}
    </nav>
  )
}
