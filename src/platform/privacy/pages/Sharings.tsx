/** What about oneself was handed to which platform or authority. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { TextLink } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { usePrivacy } from './privacy.ts'

export function Sharings() {
  const t = useWords('privacy')
  const f = useFormat()
  const privacy = usePrivacy()
  const sharings = useQuery({ queryKey: ['privacy', 'sharings'], queryFn: () => privacy.sharings() })
  return (
    <div className="q-stack">
      <Card flush>
        <Answer of={sharings} height={240}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty icon="link" title={t('sharings.none')} hint={t('sharings.none_hint')} />
            ) : (
              <List label={t('own.sharings')}>
                {rows.map(({ id, at, kind, recipient, purpose, basis, kinds }) => (
                  <ListRow
                    key={id}
                    icon={kind === 'platform' ? 'globe' : 'document'}
                    title={recipient}
                    meta={f.dotted([
                      f.dateTime(new Date(at)),
                      purpose,
                      t('sharings.kinds', { kinds: kinds.join('、') }),
                    ])}
                    trailing={
                      <StatusTag tone={basis === 'consent' ? 'act' : 'plain'}>{t(`sharings.${basis}`)}</StatusTag>
                    }
                  />
                ))}
              </List>
            )
          }
        </Answer>
      </Card>
      <p className="q-quiet">
        {t('sharings.hint')} <TextLink to="/apps">{t('sharings.apps')}</TextLink>
      </p>
    </div>
  )
}
