/** Everybody's inbox: what is to be done, with its day, and what there is to know. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { one, useAddress } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { CheckField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { List } from '../../../ui/List.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import type { deskContract } from '../contract.ts'
import './desk.css'
import { InboxRow } from './InboxRow.tsx'

const KEY = ['desk', 'inbox'] as const
const STALE = [KEY, ['desk', 'count'], ['nav-count']]
const PAGE = 30

export default function Inbox() {
  const t = useWords('desk')
  const desk = useClient<typeof deskContract>('desk')
  const [search, change] = useAddress()
  const count = useQuery({ queryKey: ['desk', 'count'], queryFn: () => desk.inboxCount() })
  const shown = one(search.tab) === 'message' ? 'message' : 'todo'
  const figure = (n: number | undefined) => (n ? { count: n } : {})
  return (
    <div className="desk-inbox">
      <PageHead title={t('inbox.heading')} />
      <Tabs
        label={t('inbox.heading')}
        value={shown}
        onChange={(tab) => change({ tab: tab === 'todo' ? undefined : tab }, { replace: true })}
        items={[
          { key: 'todo', label: t('inbox.todos'), ...figure(count.data?.todos), content: <Items kind="todo" /> },
          {
            key: 'message',
            label: t('inbox.messages'),
            ...figure(count.data?.unread),
            content: <Items kind="message" />,
          },
        ]}
      />
    </div>
  )
}

function Items({ kind }: { kind: 'todo' | 'message' }) {
  const t = useWords('desk')
  const desk = useClient<typeof deskContract>('desk')
  const [search, change] = useAddress()
  const all = one(search.all) === '1'
  const open = !all && kind === 'todo'
  const items = useInfiniteQuery({
    queryKey: [...KEY, kind, open],
    queryFn: ({ pageParam }) =>
      desk.inbox({ kind, limit: PAGE, ...(open ? { open } : {}), ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const read = useAct(desk.markRead, { refresh: STALE })
  const rows = items.data?.pages.flatMap((page) => page.rows) ?? []
  const unread = rows.filter(({ readAt }) => readAt === null).map(({ id }) => id)
  return (
    <div className="q-stack">
      <div className="desk-tools">
        {kind === 'todo' ? (
          <CheckField
            label={t('inbox.with_done')}
            checked={all}
            onChange={(on) => change({ all: on ? '1' : undefined }, { replace: true })}
          />
        ) : (
          <span />
        )}
        {kind === 'message' && unread.length > 0 && (
          <Button small icon="check" busy={read.busy} onClick={() => void read.run({ ids: unread.slice(0, 200) })}>
            {t('inbox.read_all')}
          </Button>
        )}
      </div>
      <Answer of={items} height={240}>
        {() =>
          rows.length === 0 ? (
            <Card>
              <Empty
                icon={kind === 'todo' ? 'check' : 'inbox'}
                title={t(kind === 'todo' ? 'inbox.no_todos' : 'inbox.no_messages')}
                hint={t(kind === 'todo' ? 'inbox.no_todos_hint' : 'inbox.no_messages_hint')}
              />
            </Card>
          ) : (
            <Card flush>
              <List label={t(kind === 'todo' ? 'inbox.todos' : 'inbox.messages')}>
                {rows.map((item) => (
                  <InboxRow
                    key={item.id}
                    item={item}
                    onRead={() => {
                      if (item.readAt === null) void read.run({ ids: [item.id] })
                    }}
                  />
                ))}
              </List>
            </Card>
          )
        }
      </Answer>
      {items.hasNextPage && (
        <Button wide busy={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>
          {t('inbox.more')}
        </Button>
      )}
    </div>
  )
}
