/** How notices reach one outside the product: by e-mail, and in one's calendar. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import type { deskContract } from '../../contract.ts'
import '../desk.css'
import { Address } from './Address.tsx'
import { Feed } from './Feed.tsx'
import { KEY } from './key.ts'
import { WishesForm } from './Wishes.tsx'

export default function Notices() {
  const t = useWords('desk')
  const desk = useClient<typeof deskContract>('desk')
  const { roles } = useSignedIn()
  const notices = useQuery({ queryKey: KEY, queryFn: () => desk.notices() })
  return (
    <div className="desk-inbox">
      <PageHead
        title={t('notices.title')}
        subtitle={t('notices.subtitle')}
        back={{ to: '/account', label: t('notices.back') }}
      />
      <Answer of={notices} height={320}>
        {(now) => (
          <div className="q-stack">
            <Card title={t('notices.mail')}>
              {now.mail ? (
                <div className="q-stack">
                  <Address now={now} />
                  {now.address && <WishesForm key={JSON.stringify(now)} now={now} />}
                </div>
              ) : (
                <Notice title={t('notices.mail_off')}>
                  {t('notices.mail_off_text')}
                  {roles.some(({ role }) => role === 'administrator') && <p>{t('notices.mail_off_how')}</p>}
                </Notice>
              )}
            </Card>
            <Card title={t('notices.calendar')}>
              <Feed feed={now.feed} />
            </Card>
          </div>
        )}
      </Answer>
    </div>
  )
}
