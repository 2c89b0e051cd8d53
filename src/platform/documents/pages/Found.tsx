/** A paper on record: whether it holds, then what it certifies, to be compared field by field. */

import type { useClient } from '../../../ui/client.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import type { documentsContract } from '../contract.ts'
import './verify.css'

type Documents = ReturnType<typeof useClient<typeof documentsContract>>
type Paper = NonNullable<Awaited<ReturnType<Documents['verify']>>>

export function Found({ paper, code }: { paper: Paper; code: string }) {
  const t = useWords('documents')
  const f = useFormat()
  const { revoked } = paper
  const reason = `verify.reason.${revoked?.reason ?? ''}`
  const kind = `verify.kind.${paper.kind}`
  const nameOf = (key: string): string => {
    const name = [`verify.field.${paper.kind}.${key}`, `verify.field.${key}`].find((candidate) => t.has(candidate))
    return name ? t(name) : key
  }
  const shown = (key: string, value: string): string => {
    if (key === 'day') return f.date(value)
    if (key === 'hours' || key === 'credits') return f.number(value)
    const level = `verify.level.${value}`
    return key === 'level' && t.has(level) ? t(level) : value
  }
  const fieldEn = paper.fields.find(({ key }) => key === 'classEn')?.value
  const rows = [
    { label: t('verify.number'), value: paper.label },
    ...paper.fields
      .filter(({ key }) => key !== 'classEn')
      .map(({ key, value }) => ({
        label: nameOf(key),
        value: key === 'class' && f.locale === 'en' && fieldEn ? fieldEn : shown(key, value),
      })),
    { label: t('verify.issuer'), value: paper.issuer },
    { label: t('verify.issued_on'), value: f.date(paper.issuedOn) },
    { label: t('verify.code'), value: <span className="verify-code">{code}</span> },
  ]
  return (
    <article className={revoked ? 'verify-paper verify-revoked' : 'verify-paper'}>
      <header>
        <span className="verify-sign">
          <Icon name={revoked ? 'close' : 'check'} size={30} />
        </span>
        <div>
          <h2>{t(revoked ? 'verify.revoked' : 'verify.valid')}</h2>
          <p>{t(t.has(kind) ? kind : 'verify.kind.other')}</p>
        </div>
      </header>
      {revoked && (
        <p className="verify-why">
          {t('verify.revoked_on', { date: f.date(revoked.on) })}
          {t.has(reason) && t('verify.revoked_reason', { reason: t(reason) })}
        </p>
      )}
      <dl className={revoked ? 'verify-void' : undefined}>
        {rows.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="verify-note">
        {t(
          revoked
            ? revoked.reason === 'credits_corrected'
              ? 'verify.corrected_note'
              : 'verify.revoked_note'
            : 'verify.compare',
        )}
      </p>
    </article>
  )
}
