/** A list before it is published: exactly what the public will see, until when, and how objections will be taken. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { CHANGED, useCases } from '../office/handling.ts'
import { NOTICES } from './keys.ts'
import { ListedRows } from './ListedRows.tsx'

export default function Publish() {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const navigate = useNavigate()
  const cases = useCases()
  const subject = { callId: usePathPart('callId'), stage: usePathPart('stage'), orgId: usePathPart('orgId') }
  const [sure, setSure] = useState(false)
  const preview = useQuery({
    queryKey: ['cases', 'notice-preview', subject],
    queryFn: () => cases.noticePreview(subject),
    gcTime: 0,
  })
  const publish = useAct(cases.publishNotice, {
    done: t('notices.published'),
    refresh: [NOTICES, ...CHANGED],
    quiet: true,
  })
  return (
    <>
      <PageHead
        title={t('notices.preview')}
        subtitle={preview.data && f.dotted([pick(preview.data.listed.call), pick(preview.data.listed.stage)])}
        back={{ to: '/notices', label: t('notices.title') }}
        {...(preview.data
          ? {
              act: (
                <Button look="primary" icon="flag" onClick={() => setSure(true)}>
                  {t('notices.publish')}
                </Button>
              ),
            }
          : {})}
      />
      <Answer of={preview} height={420}>
        {({ listed, anonymous, objectionDays, mark }) => (
          <div className="q-stack">
            <Card>
              <Facts
                columns={3}
                items={[
                  { label: t('notices.by'), value: pick(listed.org) },
                  {
                    label: t('notices.term'),
                    value: t('notices.term_days', { range: f.dateRange(listed.from, listed.until), n: listed.days }),
                  },
                  { label: t('notices.cases'), value: f.number(listed.rows.length) },
                  { label: t('notices.takes'), value: t(anonymous ? 'notices.takes_both' : 'notices.takes_named') },
                  { label: t('notices.answered_in'), value: t('notices.working_days', { n: objectionDays }) },
                ]}
              />
            </Card>
            <Card title={t('notices.shown')}>
              <ListedRows listed={listed} />
            </Card>
            {sure && (
              <ConfirmWithReason
                open
                title={t('notices.publish')}
                confirm={t('notices.publish')}
                reason="none"
                busy={publish.busy}
                error={publish.error}
                onClose={() => setSure(false)}
                onConfirm={async () => {
                  const done = await publish.run({ ...subject, mark })
                  if (done) void navigate({ to: '/notice/$code' as string, params: { code: done.code } as never })
                  else void preview.refetch()
                }}
              >
                <p>{t('notices.publish_says', { n: listed.rows.length, until: f.longDate(listed.until) })}</p>
              </ConfirmWithReason>
            )}
          </div>
        )}
      </Answer>
    </>
  )
}
