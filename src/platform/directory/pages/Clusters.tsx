/** School districts and education groups: schools that work together across the tree. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { useCan } from '../../../ui/session.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { ClusterDialog, MembersDialog } from './ClusterDialogs.tsx'
import { ALL, type Cluster, useDirectory } from './directory.ts'

type Asked = { what: 'new' } | { what: 'name' | 'members'; cluster: Cluster }

export function Clusters() {
  const t = useWords('directory')
  const f = useFormat()
  const can = useCan()
  const directory = useDirectory()
  const [asked, setAsked] = useState<Asked | null>(null)
  const answer = useQuery({ queryKey: [...ALL, 'clusters'], queryFn: () => directory.clusters() })
  const write = can('directory.write')
  const begin = (
    <Button icon="plus" look="primary" onClick={() => setAsked({ what: 'new' })}>
      {t('cluster.new')}
    </Button>
  )
  const close = () => setAsked(null)
  return (
    <div className="q-stack">
      <Answer of={answer} height={240}>
        {(clusters) =>
          clusters.length === 0 ? (
            <Card>
              <Empty icon="link" title={t('cluster.none')} hint={t('cluster.none_hint')} act={write && begin} />
            </Card>
          ) : (
            <>
              {write && <div>{begin}</div>}
              <div className="dir-clusters">
                {clusters.map((cluster) => (
                  <Card key={cluster.id} title={cluster.name} extra={<Tag>{t(`cluster.${cluster.kind}`)}</Tag>}>
                    <div className="q-stack">
                      <p className="q-quiet">{t('cluster.members_n', { n: cluster.members.length })}</p>
                      {cluster.members.length > 0 && (
                        <ul className="dir-members">
                          {cluster.members.map(({ orgId, name, from }) => (
                            <li key={orgId}>
                              <span>{name}</span>
                              <span className="q-quiet">{t('cluster.since', { date: f.date(from) })}</span>
                            </li>
                          ))}
                        </ul>
                      )}
                      {write && (
                        <div className="dir-acts">
                          <Button small onClick={() => setAsked({ what: 'members', cluster })}>
                            {t('cluster.set_members')}
                          </Button>
                          <Button small look="quiet" onClick={() => setAsked({ what: 'name', cluster })}>
                            {t('cluster.rename')}
                          </Button>
                        </div>
                      )}
                    </div>
                  </Card>
                ))}
              </div>
            </>
          )
        }
      </Answer>
      {asked?.what === 'new' && <ClusterDialog onClose={close} />}
      {asked?.what === 'name' && <ClusterDialog cluster={asked.cluster} onClose={close} />}
      {asked?.what === 'members' && <MembersDialog cluster={asked.cluster} onClose={close} />}
    </div>
  )
}
