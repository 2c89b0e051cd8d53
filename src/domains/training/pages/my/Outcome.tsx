/** How a class ended: credits and the certificate, or why it was not completed. */
import { useState } from 'react'
import { Button, IconButton, TextLink } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { say } from '../../../../ui/toast.ts'
import { missedCompulsory } from './agenda.ts'
import './my.css'
import { saveFile } from './save-file.ts'
import { type MyClass, useTraining } from './training.ts'

export function Outcome({ of, now }: { of: MyClass; now: number }) {
  const t = useWords('training')
  const f = useFormat()
  if (of.state === 'failed') return <WhyFailed of={of} now={now} />
  if (of.state !== 'passed') return null
  return (
    <>
      <p className="my-outcome">
        {of.credits !== null && (
          <span>
            <b className="my-figure">{f.number(of.credits)}</b> {t('my.credits_unit')}
          </span>
        )}
        {of.attended !== null && of.required !== null && (
          <span className="q-quiet">{t('my.attended', { n: of.attended, of: of.required })}</span>
        )}
      </p>
      {of.certificate && <Certificate certificate={of.certificate} />}
    </>
  )
}

function WhyFailed({ of, now }: { of: MyClass; now: number }) {
  const t = useWords('training')
  const f = useFormat()
  const missed = missedCompulsory(of, now)
  return (
    <Notice tone="alert" title={t('my.failed.title')}>
      <ul className="q-reasons">
        {of.attended !== null && of.required !== null && (
          <li>{t('my.failed.attended', { n: of.attended, of: of.required })}</li>
        )}
        {missed.map((session) => (
          <li key={session.id}>
            {t('my.failed.compulsory', { title: session.title, date: f.shortDate(session.starts) })}
          </li>
        ))}
      </ul>
      {t('my.failed.hint')} <TextLink to="/my/credits">{t('my.object_there')}</TextLink>
    </Notice>
  )
}

function Certificate({ certificate: { id, label, verifyCode } }: { certificate: NonNullable<MyClass['certificate']> }) {
  const t = useWords('training')
  const { locale } = useFormat()
  const training = useTraining()
  const [copied, setCopied] = useState(false)
  const fetchPaper = useAct(training.certificate)
  const download = async () => {
    const file = await fetchPaper.run({ documentId: id, locale })
    if (file) saveFile(file, `${label}.pdf`)
  }
  const copy = async () => {
    await navigator.clipboard.writeText(`${location.origin}/verify/${verifyCode}`)
    setCopied(true)
    say(t('my.certificate.copied'))
  }
  return (
    <div className="my-certificate">
      <div>
        <p className="my-strong">{t('my.certificate')}</p>
        <p className="q-quiet">{label}</p>
      </div>
      <Button icon="download" busy={fetchPaper.busy} onClick={() => void download()}>
        {t('my.certificate.download')}
      </Button>
      <p className="my-verify">
        <span className="q-quiet">{t('my.certificate.verify')}</span>{' '}
        <TextLink {...{ to: '/verify/$code', params: { code: verifyCode } }}>{verifyCode}</TextLink>
        {'clipboard' in navigator && (
          <IconButton
            icon={copied ? 'check' : 'copy'}
            label={t('my.certificate.copy')}
            onClick={() => void copy().catch(() => say(t('my.certificate.copy_failed'), 'alert'))}
          />
        )}
      </p>
    </div>
  )
}
