/** One’s own professional life: to be read on a phone, carried away as a paper, as data, and item by item as credentials. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Popup } from '../../../../ui/Popup.tsx'
import { PageSkeleton } from '../../../../ui/Skeleton.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { useRecords } from '../records.ts'
import { CredentialDialog } from './CredentialDialog.tsx'
import { CREDENTIALS, type Credentials, type Entry, GROWTH, keyOf, useCredentials } from './growth.ts'
import { Life } from './Life.tsx'

export default function MyGrowth() {
  const t = useWords('records')
  const f = useFormat()
  const say = useBilingual()
  const records = useRecords()
  const credentials = useCredentials()
  const growth = useQuery({ queryKey: GROWTH, queryFn: () => records.ownGrowth() })
  const mine = useQuery({ queryKey: CREDENTIALS, queryFn: () => credentials.mine() })
  const [asked, setAsked] = useState<Entry | null>(null)
  const paper = useAct(records.ownGrowthPaper, { done: t('growth.saved') })
  const data = useAct(records.ownGrowthFile, { done: t('growth.saved') })
  const save = async (as: 'pdf' | 'json' | 'jwt') => {
    const file = await (as === 'pdf' ? paper.run({ locale: f.locale }) : data.run({ as }))
    if (file) saveFile(file, `growth.${as}`)
  }
  const holding = new Map(
    (mine.data?.issued ?? []).flatMap((one) => (one.revokedAt === null ? [[keyOf(one), one] as const] : [])),
  )
  const items = new Set((mine.data?.items ?? []).map(keyOf))
  return (
    <Answer of={growth} wait={<PageSkeleton />}>
      {(file) => (
        <div className="gro">
          <PageHead
            title={t('growth.heading')}
            subtitle={f.dotted([file.holder.name, file.holder.number, say(file.holder.school)])}
            act={
              <Button look="primary" icon="download" busy={paper.busy} onClick={() => void save('pdf')}>
                {t('growth.pdf')}
              </Button>
            }
            acts={
              <Popup
                menu
                label={t('growth.more')}
                button={(wiring) => (
                  <button {...wiring} type="button" className="q-button q-button-plain">
                    <span>{t('growth.more')}</span>
                    <Icon name="chevron-down" size={16} />
                  </button>
                )}
              >
                {(close) =>
                  (['json', 'jwt'] as const).map((as) => (
                    <button
                      key={as}
                      type="button"
                      onClick={() => {
                        close()
                        void save(as)
                      }}
                    >
                      {t(`growth.${as}`)}
                    </button>
                  ))
                }
              </Popup>
            }
          />
          <Life
            growth={file}
            act={(entry) => {
              if (!entry.credential || !items.has(keyOf(entry.credential))) return null
              const issued = holding.has(keyOf(entry.credential))
              return (
                <Button small look={issued ? 'plain' : 'quiet'} icon="seal" onClick={() => setAsked(entry)}>
                  {t(issued ? 'growth.credential' : 'growth.take')}
                </Button>
              )
            }}
          />
          <Revoked issued={mine.data?.issued ?? []} />
          {asked?.credential && (
            <CredentialDialog
              entry={asked}
              issued={holding.get(keyOf(asked.credential))}
              onClose={() => setAsked(null)}
            />
          )}
        </div>
      )}
    </Answer>
  )
}

/** Those that do not hold any more, so that nobody relies on a file that is still somewhere. */
function Revoked({ issued }: { issued: Credentials['issued'] }) {
  const t = useWords('records')
  const f = useFormat()
  const say = useBilingual()
  const gone = issued.filter(({ revokedAt, reason }) => revokedAt !== null && reason !== 'anew')
  if (gone.length === 0) return null
  return (
    <Card title={t('growth.gone')} flush>
      <List label={t('growth.gone')}>
        {gone.map(({ id, said, revokedAt, reason }) => (
          <ListRow
            key={id}
            icon="close"
            title={say(said.name)}
            meta={t('growth.gone_on', { date: f.date(new Date(revokedAt!)), reason: t(`growth.reason.${reason}`) })}
          />
        ))}
      </List>
    </Card>
  )
}
