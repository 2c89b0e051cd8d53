/** Organisations: the tree with the chosen one beside it, and the clusters that go across it. */

import { Answer } from '../../../ui/Answer.tsx'
import { one, useAddress } from '../../../ui/address.ts'
import { Card } from '../../../ui/Card.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import './directory.css'
import { Clusters } from './Clusters.tsx'
import { useChildren } from './directory.ts'
import { OrgDetails } from './OrgDetails.tsx'
import { OrgSearch } from './OrgSearch.tsx'
import { OrgTree } from './OrgTree.tsx'

export default function Organisations() {
  const t = useWords('directory')
  const [search, change] = useAddress()
  return (
    <>
      <PageHead title={t('heading')} subtitle={t('subtitle')} />
      <Tabs
        label={t('heading')}
        value={one(search.tab) || 'tree'}
        onChange={(tab) => change({ tab: tab === 'tree' ? undefined : tab }, { replace: true })}
        items={[
          { key: 'tree', label: t('tree'), content: <Tree /> },
          { key: 'clusters', label: t('clusters'), content: <Clusters /> },
        ]}
      />
    </>
  )
}

function Tree() {
  const t = useWords('directory')
  const [search, change] = useAddress()
  const roots = useChildren(undefined)
  const chosen = one(search.org) || roots.data?.[0]?.id
  return (
    <div className={one(search.org) ? 'dir-split dir-chosen' : 'dir-split'}>
      <div className="dir-tree">
        <Card>
          <OrgSearch chosen={chosen} onChoose={(org) => change({ org })} />
          <Answer of={roots} height={320}>
            {(rows) =>
              rows.length === 0 ? (
                <Empty title={t('none')} icon="building" />
              ) : (
                <OrgTree roots={rows} chosen={chosen} onChoose={(org) => change({ org })} />
              )
            }
          </Answer>
        </Card>
      </div>
      <div className="dir-details">
        {chosen && <OrgDetails key={chosen} orgId={chosen} onChoose={(org) => change({ org })} />}
      </div>
    </div>
  )
}
