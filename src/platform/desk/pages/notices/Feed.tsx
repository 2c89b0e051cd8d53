/** One's calendar for other programs: an address that is a secret, shown once, replaced and ended at will. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { say } from '../../../../ui/toast.ts'
import type { Notices } from '../../../inbox/contract.ts'
import type { deskContract } from '../../contract.ts'
import { KEY } from './key.ts'

export function Feed({ feed }: { feed: Notices['feed'] }) {
  const t = useWords('desk')
  const f = useFormat()
  const desk = useClient<typeof deskContract>('desk')
  const [url, setUrl] = useState('')
  const [replacing, setReplacing] = useState(false)
  const make = useAct(desk.makeFeed, { refresh: [KEY] })
  const revoke = useAct(desk.revokeFeed, { done: t('notices.revoked'), refresh: [KEY] })
  const made = async () => {
    const answer = await make.run(undefined)
    setReplacing(false)
    if (answer) setUrl(answer.url)
  }
  return (
    <div className="q-stack">
      <p>{t('notices.calendar_text')}</p>
      {feed && (
        <p className="q-quiet">
          {f.dotted([
            t('notices.feed_made', { when: f.dateTime(feed.madeAt) }),
            feed.readAt ? t('notices.feed_read', { when: f.dateTime(feed.readAt) }) : t('notices.feed_unread'),
          ])}
        </p>
      )}
      {url && <Url url={url} />}
      <div className="desk-acts">
        {feed ? (
          <>
            <Button small onClick={() => setReplacing(true)}>
              {t('notices.replace')}
            </Button>
            <Button
              small
              look="quiet"
              busy={revoke.busy}
              onClick={() => {
                setUrl('')
                void revoke.run(undefined)
              }}
            >
              {t('notices.revoke')}
            </Button>
          </>
        ) : (
          <Button icon="calendar" busy={make.busy} onClick={() => void made()}>
            {t('notices.make')}
          </Button>
        )}
      </div>
      <ConfirmWithReason
        open={replacing}
        title={t('notices.replace_title')}
        confirm={t('notices.replace')}
        reason="none"
        busy={make.busy}
        onConfirm={() => void made()}
        onClose={() => setReplacing(false)}
      >
        <p>{t('notices.replace_text')}</p>
      </ConfirmWithReason>
    </div>
  )
}

function Url({ url }: { url: string }) {
  const t = useWords('desk')
  const copy = () => navigator.clipboard.writeText(url).then(() => say(t('notices.copied')))
  return (
    <>
      <TextField
        label={t('notices.url')}
        readOnly
        value={url}
        onChange={() => {}}
        onFocus={(event) => event.target.select()}
      />
      <div className="desk-acts">
        <Button small onClick={() => void copy()}>
          {t('notices.copy')}
        </Button>
        <a className="desk-link" href={url.replace(/^https?:/, 'webcal:')}>
          {t('notices.open')}
        </a>
      </div>
      <Notice tone="wait">{t('notices.calendar_secret')}</Notice>
    </>
  )
}
