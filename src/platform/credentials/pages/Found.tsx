/** What the check found: whether it holds, then what it says, to be read by whoever was shown it. */
import type { ReactNode } from 'react'
import { Facts } from '../../../ui/Card.tsx'
import { Icon, type IconName } from '../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import type { Claims, Verdict } from '../contract/verify.ts'

const SIGNS: Record<Verdict['state'], { tone: 'good' | 'bad' | 'open'; icon: IconName }> = {
  holds: { tone: 'good', icon: 'check' },
  over: { tone: 'open', icon: 'clock' },
  early: { tone: 'open', icon: 'clock' },
  revoked: { tone: 'bad', icon: 'close' },
  altered: { tone: 'bad', icon: 'alert' },
  unreadable: { tone: 'bad', icon: 'alert' },
  key: { tone: 'open', icon: 'info' },
}

export function Found({ verdict, issuer }: { verdict: Verdict; issuer: string | undefined }) {
  const t = useWords('credentials')
  const { tone, icon } = SIGNS[verdict.state]
  return (
    <article className={`cred-found cred-${tone}`}>
      <header>
        <span className="cred-sign">
          <Icon name={icon} size={28} />
        </span>
        <div>
          <h2>{t(`found.${verdict.state}`)}</h2>
          <p>{t(`found.${verdict.state}_says`, { issuer: issuer ?? '—' })}</p>
        </div>
      </header>
      {'claims' in verdict && (
        <>
          {verdict.status === 'unchecked' && <p className="cred-note">{t('found.unchecked')}</p>}
          <Said claims={verdict.claims} kid={verdict.kid} />
        </>
      )}
    </article>
  )
}

type Identity = { identityHash?: string; identityType?: string }
type Subject = {
  identifier?: Identity[]
  licenseNumber?: string
  achievement?: { name?: string; description?: string; creator?: { name?: string } }
  holder?: { name?: string; number?: string; school?: { zh: string; en: string } }
  asOf?: string
  entries?: { from: string | null; title: { zh: string; en: string }; state: string }[]
}

/** Signed, yet written by another program: nothing of it is taken for granted. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function Said({ claims, kid }: { claims: Claims; kid: string }) {
  const t = useWords('credentials')
  const f = useFormat()
  const subject = (claims.credentialSubject ?? {}) as Subject
  const issuer = claims.issuer as { id?: string; name?: string } | string | undefined
  const day = (value: unknown) => (Number.isNaN(Date.parse(text(value))) ? '' : f.date(new Date(text(value))))
  const identity = (type: string) =>
    subject.identifier?.find?.(({ identityType }) => identityType === type)?.identityHash
  const { achievement, holder } = subject
  const rows: [string, ReactNode][] = [
    ['name', text(identity('name') ?? holder?.name)],
    ['number', text(identity('identifier') ?? holder?.number)],
    ['achievement', text(achievement?.name) || text(claims.name)],
    ['about', text(achievement?.description)],
    ['awarder', text(achievement?.creator?.name)],
    ['licence', text(subject.licenseNumber)],
    ['from', day(claims.validFrom)],
    ['until', day(claims.validUntil)],
    ['issuer', typeof issuer === 'object' ? text(issuer?.name) : ''],
    [
      'issuer_id',
      <span key="did" className="cred-code">
        {typeof issuer === 'object' ? text(issuer?.id) : text(issuer)}
      </span>,
    ],
    [
      'key',
      <span key="kid" className="cred-code">
        {kid.slice(kid.lastIndexOf('#') + 1)}
      </span>,
    ],
  ]
  const entries = Array.isArray(subject.entries) ? subject.entries : []
  return (
    <>
      <Facts
        items={rows.filter(([, value]) => value !== '').map(([key, value]) => ({ label: t(`field.${key}`), value }))}
      />
      {entries.length > 0 && (
        <details className="cred-more">
          <summary>{t('found.entries', { n: entries.length })}</summary>
          <ul>
            {entries.map(({ from, title, state }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed by its signature
              <li key={at}>
                <span className="q-quiet q-num">{from ?? ''}</span> {f.locale === 'en' ? title.en : title.zh}
                {state !== 'holds' && ` （${t('found.struck')}）`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
