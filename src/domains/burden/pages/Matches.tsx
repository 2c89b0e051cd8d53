/** What of a request is on record already, while it is being written. */
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useBilingual, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { KEY, useBurden } from './burden.tsx'

export function Matches({ text }: { text: string }) {
  const t = useWords('burden')
  const tell = useBilingual()
  const burden = useBurden()
  const asked = useDeferredValue(text.trim())
  const { data } = useQuery({
    queryKey: [...KEY, 'preview', asked],
    queryFn: () => burden.preview({ text: asked }),
    enabled: asked !== '',
    placeholderData: (before) => before,
    staleTime: 300_000,
  })
  if (!asked || !data?.length) return null
  return (
    <div className="q-stack" style={{ marginBottom: 24 }}>
      {data.every(({ id }) => id !== null) && (
        <Notice tone="done" live>
          {t('match.all')}
        </Notice>
      )}
      <List label={t('match.title')}>
        {data.map(({ label, group, field }) => (
          <ListRow
            key={label}
            title={label}
            trailing={
              <StatusTag tone={group ? 'done' : 'wait'}>
                {group && field ? t('match.held', { group: tell(group), field: tell(field) }) : t('match.missing')}
              </StatusTag>
            }
          />
        ))}
      </List>
    </div>
  )
}
