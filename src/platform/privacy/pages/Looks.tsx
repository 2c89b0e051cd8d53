/** Who of the offices opened one’s record, or had something sealed shown. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { usePrivacy } from './privacy.ts'

export function Looks() {
  const t = useWords('privacy')
  const f = useFormat()
  const privacy = usePrivacy()
  const looks = useQuery({ queryKey: ['privacy', 'looks'], queryFn: () => privacy.looks() })
  return (
    <Card flush>
      <Answer of={looks} height={240}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon="eye" title={t('looks.none')} hint={t('looks.none_hint')} />
          ) : (
            <List label={t('own.looks')}>
              {rows.map(({ at, name, orgName, what, purpose }) => (
                <ListRow
                  key={`${at} ${what} ${name}`}
                  icon={what.endsWith('_revealed') ? 'lock' : 'eye'}
                  title={t(`looks.${what}`)}
                  meta={f.dotted([orgName, name, purpose && t('looks.purpose', { purpose })])}
                  trailing={<span className="q-num q-quiet">{f.dateTime(new Date(at))}</span>}
                />
              ))}
            </List>
          )
        }
      </Answer>
    </Card>
  )
}
