/** What stands between a person and a yes: what is short or not known, the fewest things to do about it, and when time alone brings it. */
import { useBilingual, useFormat, useWords } from './i18n.tsx'
import { conditionsIn, missingOf, useAmount, type WhyAnswer } from './why-answer.ts'

export function WhyMissing({ answer }: { answer: WhyAnswer }) {
  const t = useWords('ui')
  const f = useFormat()
  const say = useBilingual()
  const amount = useAmount(answer.facts)
  const { outcome, way, earliest } = answer
  if (outcome === 'met' || outcome === 'exempt') return null
  const all = conditionsIn(answer.needs)
  const missing = way.flatMap((id) => all.find((one) => one.id === id && one.holds !== true) ?? [])
  const cures = missing.flatMap(({ id, cure }) => (cure ? [{ id, cure }] : []))
  return (
    <div className="q-why-missing">
      {missing.length > 0 && (
        <section>
          <h3>{t('why.lacks')}</h3>
          <ul>
            {missing.map((condition) => {
              const { id, says, holds, have, need, lacking, facts } = condition
              return (
                <li key={id}>
                  {say(says)}
                  {holds === false && have !== null && have !== undefined && (
                    <span className="q-why-figures">
                      {t('why.have_need', { have: amount(have, facts), need: amount(need, facts, have) })}
                      {lacking !== null && <strong>{t('why.lacking', { n: amount(lacking, facts) })}</strong>}
                    </span>
                  )}
                  {holds === null &&
                    missingOf(condition, answer.facts).map((fact) => (
                      <span key={fact.id} className="q-why-figures">
                        {t('why.missing', { fact: say(fact.title), whom: say(fact.ask!) })}
                      </span>
                    ))}
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {cures.length > 0 && (
        <section>
          <h3>{t('why.way', { n: cures.length })}</h3>
          <ul>
            {cures.map(({ id, cure }) => (
              <li key={id}>{say(cure)}</li>
            ))}
          </ul>
        </section>
      )}
      {(earliest || outcome === 'unmet') && (
        <section>
          <h3>{t('why.when')}</h3>
          <p>{earliest ? t('why.earliest', { date: f.date(earliest) }) : t('why.never')}</p>
        </section>
      )}
    </div>
  )
}
