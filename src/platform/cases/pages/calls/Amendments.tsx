/** What was changed of a published call, by whom and why; and the lot that draws follow from. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import type { CallAmendment } from '../../contract/calls.ts'
import { AmendWords } from './Amend.tsx'
import type { CallDetail } from './asking.ts'

export function Amendments({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const f = useFormat()
  const [open, setOpen] = useState(false)
  return (
    <div className="q-stack">
      <Card>
        <Facts
          items={[
            { label: t('calls.published_at'), value: call.publishedAt && f.dateTime(call.publishedAt) },
            { label: t('calls.seed'), value: call.seed && <code className="calls-seed">{call.seed}</code> },
          ]}
        />
      </Card>
      {call.mayWrite && call.state === 'published' && (
        <div className="calls-acts">
          <Button icon="edit" onClick={() => setOpen(true)}>
            {t('calls.amend_words')}
          </Button>
          <span className="q-quiet">{t('calls.amend_hint')}</span>
        </div>
      )}
      {call.amendments.length === 0 ? (
        <Empty icon="ledger" title={t('calls.no_amendments')} hint={t('calls.no_amendments_hint')} />
      ) : (
        <ol className="calls-amendments">
          {call.amendments.map((one) => (
            <li key={one.at + one.what}>
              <p>
                <b>{t(`calls.what.${one.what}`)}</b> <Change call={call} one={one} />
              </p>
              <p>{one.reason}</p>
              <p className="q-quiet">{f.dotted([one.by, f.dateTime(one.at)])}</p>
            </li>
          ))}
        </ol>
      )}
      {open && <AmendWords call={call} onClose={() => setOpen(false)} />}
    </div>
  )
}

type Said = {
  stage?: string
  closesAt?: string | null
  places?: number
  orgId?: string
  title?: { zh: string; en: string }
}

function Change({ call, one }: { call: CallDetail; one: CallAmendment }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const before = (one.before ?? {}) as Said
  const after = (one.after ?? {}) as Said
  const when = (instant: string | null | undefined) => (instant ? f.dateTime(instant) : t('calls.no_deadline'))
  if (one.what === 'deadline') {
    const stage = call.definition.stages.find(({ id }) => id === after.stage)
    return (
      <>
        {stage ? pick(stage.title) : t('calls.applying')}{' '}
        {t('calls.from_to', { from: when(before.closesAt), to: when(after.closesAt) })}
      </>
    )
  }
  if (one.what === 'places') {
    const org = call.places.find(({ orgId }) => orgId === after.orgId)?.orgName ?? ''
    return (
      <>
        {org} {t('calls.from_to', { from: String(before.places), to: String(after.places) })}
      </>
    )
  }
  if (one.what === 'words' && before.title && after.title)
    return <>{t('calls.from_to', { from: pick(before.title), to: pick(after.title) })}</>
  return null
}
