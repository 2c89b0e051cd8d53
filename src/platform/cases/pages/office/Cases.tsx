/** The desk of an office: what waits for its signature, and all calls that concern it. */
import { useQuery } from '@tanstack/react-query'
import { one, useAddress } from '../../../../ui/address.ts'
import { useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import { Calls } from './Calls.tsx'
import { KEYS, useCases } from './handling.ts'
import { Tasks } from './Tasks.tsx'
import './office.css'

export default function Cases() {
  const t = useWords('cases')
  const can = useCan()
  const cases = useCases()
  const [search, change] = useAddress()
  const handles = can('cases.handle')
  const counts = useQuery({ queryKey: [...KEYS.tasks, 'counts'], queryFn: () => cases.taskCounts(), enabled: handles })
  const calls = { key: 'calls', label: t('office.calls'), content: <Calls /> }
  const n = counts.data?.reduce((sum, row) => sum + row.n, 0)
  return (
    <>
      <PageHead title={t('office.title')} subtitle={t('office.subtitle')} />
      {handles ? (
        <Tabs
          label={t('office.title')}
          value={one(search.part) || 'tasks'}
          onChange={(part) => change({ part: part === 'tasks' ? undefined : part, cursor: undefined, page: undefined })}
          items={[
            {
              key: 'tasks',
              label: t('office.tasks'),
              ...(n === undefined ? {} : { count: n }),
              content: <Tasks counts={counts.data ?? []} />,
            },
            calls,
          ]}
        />
      ) : (
        calls.content
      )}
    </>
  )
}
