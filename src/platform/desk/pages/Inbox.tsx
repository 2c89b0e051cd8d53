/** Everybody's inbox: what is to be done, with its day, and what there is to know. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { civilDate } from '../../../base/dates.ts'
import { Answer } from '../../../ui/Answer.tsx'
import { one, useAddress } from '../../../ui/address.ts'
import { Button, ButtonLink } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { CheckField, SelectField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { List } from '../../../ui/List.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useSignedIn } from '../../../ui/session.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import type { deskContract } from '../contract.ts'
import './desk.css'
import { byDue } from './due-groups.ts'
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
      <PageHead
        title={t('inbox.heading')}
        act={
          <ButtonLink icon="bell" to="/account/notices">
            {t('inbox.settings')}
          </ButtonLink>
        }
      />
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
  const { clock } = useSignedIn()
  const desk = useClient<typeof deskContract>('desk')
  const [search, change] = useAddress()
  const all = one(search.all) === '1'
  const open = !all && kind === 'todo'
  const area = one(search.area)
  const whose = (['own', 'role'] as const).find((value) => value === one(search.whose))
  const narrowed = { ...(area ? { area } : {}), ...(whose ? { whose } : {}) }
  const items = useInfiniteQuery({
    queryKey: [...KEY, kind, open, area, whose],
    queryFn: ({ pageParam }) =>
      desk.inbox({
        kind,
        limit: PAGE,
        ...narrowed,
        ...(open ? { open, byDue: true } : {}),
        ...(pageParam ? { cursor: pageParam } : {}),
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const read = useAct(desk.markRead, { refresh: STALE })
  const readAll = useAct(desk.markAllRead, {
    refresh: STALE,
    done: ({ marked }) => t('inbox.read_done', { n: marked }),
  })
  const rows = items.data?.pages.flatMap((page) => page.rows) ?? []
  const groups = open ? byDue(rows, civilDate(new Date(clock.now))) : [{ key: '', rows }]
  return (
    <div className="q-stack">
      <div className="desk-tools">
        <Narrow kind={kind} />
        {kind === 'todo' && (
          <CheckField
            label={t('inbox.with_done')}
            checked={all}
            onChange={(on) => change({ all: on ? '1' : undefined }, { replace: true })}
          />
        )}
        {kind === 'message' && rows.some(({ readAt }) => readAt === null) && (
          <Button
            small
            icon="check"
            busy={readAll.busy}
            onClick={() => void readAll.run({ kind, ...(area ? { area } : {}) })}
          >
            {t('inbox.read_all')}
          </Button>
        )}
      </div>
      <Answer of={items} height={240}>
        {() =>
          rows.length === 0 ? (
            <Card>
              <Nothing kind={kind} narrowed={Object.keys(narrowed).length > 0} />
            </Card>
          ) : (
            groups.map((group) => (
              <Card flush key={group.key} {...(group.key ? { title: t(`inbox.group_${group.key}`) } : {})}>
                <List label={t(group.key ? `inbox.group_${group.key}` : `inbox.${kind}s`)}>
                  {group.rows.map((item) => (
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
            ))
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

function Nothing({ kind, narrowed }: { kind: 'todo' | 'message'; narrowed: boolean }) {
  const t = useWords('desk')
  const key = narrowed ? 'inbox.none_here' : `inbox.no_${kind}s`
  return <Empty icon={kind === 'todo' ? 'check' : 'inbox'} title={t(key)} hint={t(`${key}_hint`)} />
}

/** By area, where there are several; and by office or oneself, for those who have both. */
function Narrow({ kind }: { kind: 'todo' | 'message' }) {
  const t = useWords('desk')
  const desk = useClient<typeof deskContract>('desk')
  const { roles } = useSignedIn()
  const [search, change] = useAddress()
  const areas = useQuery({ queryKey: [...KEY, 'areas', kind], queryFn: () => desk.inboxAreas({ kind }) })
  const several = areas.data?.filter(({ area }) => t.has(`module.${area}`)) ?? []
  return (
    <>
      {(several.length > 1 || one(search.area)) && (
        <SelectField
          label={t('inbox.areas')}
          value={one(search.area)}
          onChange={(area) => change({ area: area || undefined }, { replace: true })}
          choices={[
            { value: '', label: t('inbox.area_all') },
            ...several.map(({ area, n }) => ({ value: area, label: `${t(`module.${area}`)}${n ? ` (${n})` : ''}` })),
          ]}
        />
      )}
      {kind === 'todo' && roles.some(({ role }) => role !== 'teacher' && role !== 'expert') && (
        <SelectField
          label={t('inbox.whose')}
          value={one(search.whose)}
          onChange={(whose) => change({ whose: whose || undefined }, { replace: true })}
          choices={[
            { value: '', label: t('inbox.whose_all') },
            { value: 'own', label: t('inbox.whose_own') },
            { value: 'role', label: t('inbox.whose_role') },
          ]}
        />
      )}
    </>
  )
}
