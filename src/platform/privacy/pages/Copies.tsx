/** A copy of everything that is held about oneself: asked for, made in the background, fetched for some days. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { useLocale } from '../../../ui/locale.ts'
import { Empty } from '../../../ui/Notice.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { StatusTag } from '../../../ui/Tag.tsx'
import { EXPORTS, usePrivacy } from './privacy.ts'

const POLL = 2_000
const PATIENCE = 5 * 60_000

export function Copies() {
  const t = useWords('privacy')
  const f = useFormat()
  const locale = useLocale()
  const privacy = usePrivacy()
  const queries = useQueryClient()
  const copies = useQuery({
    queryKey: EXPORTS,
    queryFn: () => privacy.exports(),
    // What was asked for long ago and is not there will not come any more.
    refetchInterval: ({ state }) => {
      const [latest] = state.data ?? []
      return latest && !latest.readyAt && state.dataUpdateCount * POLL < PATIENCE ? POLL : false
    },
  })
  const request = useAct(privacy.requestExport, { done: t('copy.asked'), refresh: [EXPORTS] })
  const take = useAct(privacy.takeExport)
  const fetchOne = async (exportId: string) => {
    const file = await take.run({ exportId })
    if (file) saveFile(file, 'qiangshi.zip')
    await queries.invalidateQueries({ queryKey: EXPORTS })
  }
  return (
    <div className="q-stack">
      <Card title={t('copy.title')}>
        <div className="q-stack">
          <p>{t('copy.about')}</p>
          <div className="privacy-acts">
            <Button look="primary" icon="download" busy={request.busy} onClick={() => void request.run({ locale })}>
              {t('copy.ask')}
            </Button>
          </div>
        </div>
      </Card>
      <Card flush title={t('copy.list')}>
        <Answer of={copies} height={120}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty icon="archive" title={t('copy.none')} hint={t('copy.none_hint')} />
            ) : (
              <List label={t('copy.list')}>
                {rows.map(({ id, askedAt, readyAt, expiresAt, bytes, rows: count, open }) => (
                  <ListRow
                    key={id}
                    icon="archive"
                    title={t('copy.of', { when: f.dateTime(new Date(askedAt)) })}
                    meta={
                      readyAt &&
                      t('copy.facts', {
                        rows: count ?? 0,
                        kb: Math.max(1, Math.round((bytes ?? 0) / 1024)),
                        until: expiresAt ? f.dateTime(new Date(expiresAt)) : '',
                      })
                    }
                    trailing={
                      open ? (
                        <Button small icon="download" busy={take.busy} onClick={() => void fetchOne(id)}>
                          {t('copy.take')}
                        </Button>
                      ) : (
                        <StatusTag tone={readyAt ? 'off' : 'wait'}>{t(readyAt ? 'copy.gone' : 'copy.waits')}</StatusTag>
                      )
                    }
                  />
                ))}
              </List>
            )
          }
        </Answer>
      </Card>
    </div>
  )
}
