/** What stands behind facts, in words, with the way to the page on which whoever looks sees it. */
import { Link } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import { parseSearch } from './address.ts'
import { useBilingual, useWords } from './i18n.tsx'
import { useSession } from './session.tsx'
import type { WhyAnswer, WhyFact } from './why-answer.ts'

/** The facts with the page that shows their source to whoever looks: one’s own, or that of the office. */
export function useSeen({ about, facts }: WhyAnswer): WhyFact[] {
  const session = useSession()
  const own = about?.kind === 'person' && session?.person?.id === about.id
  return facts.map((fact) => ({ ...fact, seenAt: fact.source?.see?.[own ? 'own' : 'office'] ?? null }))
}

export function WhySource({ facts }: { facts: readonly WhyFact[] }) {
  const t = useWords('ui')
  const say = useBilingual()
  const shown = new Map(facts.flatMap(({ source, seenAt = null }) => (source ? [[say(source.says), seenAt]] : [])))
  if (shown.size === 0) return null
  return (
    <div className="q-why-source">
      {t('why.source')}{' '}
      {[...shown].map(([words, at], nth) => (
        <span key={words}>
          {nth > 0 && t('why.between')}
          {words}
          {at && <See at={at} words={words} />}
        </span>
      ))}
    </div>
  )
}

function See({ at, words }: { at: string; words: string }) {
  const t = useWords('ui')
  const [path = '', search = ''] = at.split('?')
  const go = { to: path, search: parseSearch(search) } as unknown as { to: string }
  // On the page itself the sheet in front of it is in the way.
  const uncover = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    if (window.location.pathname !== path) return
    currentTarget.closest('dialog')?.dispatchEvent(new Event('cancel', { cancelable: true }))
  }
  return (
    <>
      {' · '}
      <Link {...go} className="q-text-link" onClick={uncover}>
        {t('why.source.see')}
        <span className="q-hidden"> {words}</span>
      </Link>
    </>
  )
}
