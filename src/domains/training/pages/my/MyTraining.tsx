/** A teacher's own classes, and those that are open to join. */
import { one, useAddress } from '../../../../ui/address.ts'
import { useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import './my.css'
import { OpenClasses } from './OpenClasses.tsx'
import { OwnClasses } from './OwnClasses.tsx'
import { useMine, useOpenClasses } from './training.ts'

export default function MyTraining() {
  const t = useWords('training')
  const [search, change] = useAddress()
  const mine = useMine()
  const open = useOpenClasses()
  const counted = (rows: readonly unknown[] | undefined) => (rows ? { count: rows.length } : {})
  return (
    <div className="my-page">
      <PageHead title={t('my.training')} />
      <Tabs
        label={t('my.training')}
        value={one(search.tab) || 'own'}
        onChange={(tab) => change({ tab: tab === 'own' ? '' : tab }, { replace: true })}
        items={[
          { key: 'own', label: t('my.tab_own'), content: <OwnClasses />, ...counted(mine.data) },
          { key: 'open', label: t('my.tab_open'), content: <OpenClasses />, ...counted(open.data) },
        ]}
      />
    </div>
  )
}
