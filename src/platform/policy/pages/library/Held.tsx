/** A field of a rule as people read it, for comparing: words, a clause in one line, how conditions combine. */
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { Clause } from '../../contract.ts'

export function ClauseLine({ clause }: { clause: Clause | undefined }) {
  const t = useWords('policy')
  const f = useFormat()
  return (
    <p className="q-quiet">
      {clause
        ? f.dotted([clause.document, clause.number !== clause.document && clause.number, clause.article])
        : t('lab.no_clause')}
    </p>
  )
}

/** What is neither words nor clause nor a group is shown as it is written. */
export function Held({ held }: { held: unknown }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  if (held === null || held === undefined) return <span className="q-quiet">—</span>
  if (typeof held === 'string') return <code className="pol-test">{held}</code>
  if (Array.isArray(held))
    return held.length === 0 ? (
      <span className="q-quiet">—</span>
    ) : (
      held.map((one) => (
        <div key={JSON.stringify(one)}>
          <Held held={one} />
        </div>
      ))
    )
  if (typeof held !== 'object') return <>{String(held)}</>
  if ('zh' in held && 'en' in held) return <>{pick(held as { zh: string; en: string })}</>
  if ('document' in held) return <ClauseLine clause={held as Clause} />
  if ('says' in held && 'clause' in held) return <>{pick(held.says as { zh: string; en: string })}</>
  if ('title' in held && 'when' in held)
    return (
      <>
        {pick(held.title as { zh: string; en: string })} <Held held={held.when} />
      </>
    )
  const parts = 'all' in held ? held.all : 'any' in held ? held.any : 'of' in held ? held.of : null
  if (!Array.isArray(parts)) return <code className="pol-test">{JSON.stringify(held)}</code>
  const how =
    'all' in held
      ? t('author.how.all')
      : 'any' in held
        ? t('author.how.any')
        : t('rules.at_least', { least: Number((held as { at_least?: number }).at_least), of: parts.length })
  const named = parts.filter((one): one is string => typeof one === 'string')
  return (
    <>
      {how} <code className="pol-code">{f.list(named)}</code>
      {parts
        .filter((one) => typeof one !== 'string')
        .map((one) => (
          <div key={JSON.stringify(one)} className="pol-inner">
            <Held held={one} />
          </div>
        ))}
    </>
  )
}
