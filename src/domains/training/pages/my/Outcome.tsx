/** How a class ended: credits and the certificate, or why it was not completed. */
import { useState } from 'react'
import { Button, IconButton, TextLink } from '../../../../ui/Button.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { say } from '../../../../ui/toast.ts'
import { clauseOf } from '../office/clause.ts'
import './my.css'
import { saveFile } from '../../../../ui/save-file.ts'
import { type MyClass, useTraining } from './training.ts'

export function Outcome({ of }: { of: MyClass }) {
  const t = useWords('training')
  const f = useFormat()
  if (of.state === 'failed') return <WhyFailed of={of} />
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

/** Each reason of the decision, with the share that was asked for and where that is written. */
function WhyFailed({ of: { attended, required, outcome } }: { of: MyClass }) {
  const t = useWords('training')
  const f = useFormat()
  const short = outcome?.reasons.some((reason) => reason === 'attendance_short' || reason === 'no_sessions') ?? false
  const missed = outcome?.reasons.includes('compulsory_missed')
    ? outcome.missed.filter(({ compulsory }) => compulsory)
    : []
  const clause = clauseOf(outcome?.share?.clause, outcome?.share?.confidence)
  return (
    <Notice tone="alert" title={t('my.failed.title')}>
      <ul className="q-reasons">
        {attended !== null && required !== null && <li>{t('my.failed.attended', { n: attended, of: required })}</li>}
        {short && outcome?.share && (
          <li>
            {t(outcome.reached === null ? 'my.failed.share_none' : 'my.failed.share', {
              reached: f.percent(Number(outcome.reached)),
              share: f.percent(Number(outcome.share.value)),
            })}
            {clause && <Clause clause={clause} label={t('my.failed.rule')} />}
          </li>
        )}
        {missed.map(({ sessionId, title, starts }) => (
          <li key={sessionId}>{t('my.failed.compulsory', { title, date: f.shortDate(starts) })}</li>
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
