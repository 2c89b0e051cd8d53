/** An expert's meetings: what waits for their vote or signature first. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { MY_PANELS, STATE_TONE, useCases } from './meeting.ts'

export default function MyPanels() {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const cases = useCases()
  const panels = useQuery({ queryKey: MY_PANELS, queryFn: () => cases.myPanels() })
  return (
    <>
      <PageHead title={t('panel.mine')} />
      <Answer of={panels}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon="people" title={t('panel.mine_none')} hint={t('panel.mine_none_hint')} />
          ) : (
            <Card flush>
              <List label={t('panel.mine')}>
                {rows.map((row) => (
                  <ListRow
                    key={row.id}
                    title={row.name}
                    meta={f.dotted([say(row.callTitle), f.longDate(row.heldOn), row.place])}
                    go={{ to: '/my/panels/$panelId', params: { panelId: row.id } }}
                    trailing={
                      row.toVote > 0 ? (
                        <StatusTag tone="act">{t('panel.to_vote', { n: row.toVote })}</StatusTag>
                      ) : row.toSign ? (
                        <StatusTag tone="wait">{t('panel.to_sign')}</StatusTag>
                      ) : (
                        <StatusTag tone={STATE_TONE[row.state]}>{t(`panel.state.${row.state}`)}</StatusTag>
                      )
                    }
                  />
                ))}
              </List>
            </Card>
          )
        }
      </Answer>
    </>
  )
}
