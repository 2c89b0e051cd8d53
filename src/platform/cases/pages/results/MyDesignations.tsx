/** What one holds, until when and with which duties; the studios that one belongs to. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { CertificateButton, DesignationFacts } from './DesignationFacts.tsx'
import { MINE, useCases } from './results.ts'
import { Term } from './Term.tsx'
import './results.css'

export default function MyDesignations() {
  const t = useWords('cases')
  const say = useBilingual()
  const cases = useCases()
  const { locale } = useFormat()
  const mine = useQuery({ queryKey: [...MINE, locale], queryFn: () => cases.myDesignations({ locale }) })
  return (
    <>
      <PageHead title={t('results.mine')} />
      <Answer of={mine}>
        {({ held, memberOf }) =>
          held.length === 0 && memberOf.length === 0 ? (
            <Empty
              icon="award"
              title={t('results.mine_none')}
              hint={t('results.mine_none_hint')}
              act={<ButtonLink to="/my/applications">{t('results.to_calls')}</ButtonLink>}
            />
          ) : (
            <div className="results-page results-mine">
              {held.map((one) => (
                <Card key={one.designationId} title={say(one.title)} extra={<CertificateButton of={one} />}>
                  <div className="q-stack">
                    <DesignationFacts of={one} />
                  </div>
                </Card>
              ))}
              {memberOf.length > 0 && (
                <Card title={t('results.member_of')} flush>
                  <List label={t('results.member_of')}>
                    {memberOf.map(({ designationId, title, host, from, until }) => (
                      <ListRow
                        key={`${designationId} ${from}`}
                        title={say(title)}
                        meta={
                          <>
                            {t('results.host', { host })} · <Term from={from} until={until} />
                          </>
                        }
                      />
                    ))}
                  </List>
                </Card>
              )}
            </div>
          )
        }
      </Answer>
    </>
  )
}
