/**
 * What stands between a person and a yes: what is short or not known on the shortest way, other ways as such, the fewest things to do
 * about it, and when time alone brings it.
 */

import { useBilingual, useFormat, useWords } from './i18n.tsx'
import { WhyFigures } from './WhyFigures.tsx'
import { alternativesIn, conditionsIn, missingOf, type WhyAnswer } from './why-answer.ts'

/** @param status it tells a state that nobody aims at: nothing is short, it only comes or does not */
export function WhyMissing({ answer, status = false }: { answer: WhyAnswer; status?: boolean }) {
  const t = useWords('ui')
  const f = useFormat()
  const say = useBilingual()
  const { outcome, way, earliest } = answer
  if (outcome === 'met' || outcome === 'exempt') return null
  const all = conditionsIn(answer.needs)
  const missing = (status && outcome === 'unmet' ? [] : way).flatMap(
    (id) => all.find((one) => one.id === id && one.holds !== true) ?? [],
  )
  const others = alternativesIn(answer.needs, new Set(way))
  const cures = (status ? [] : missing).flatMap(({ id, cure }) => (cure ? [{ id, cure }] : []))
  return (
    <div className="q-why-missing">
      {missing.length > 0 && (
        <section>
          <h3>{t('why.lacks')}</h3>
          <ul>
            {missing.map((condition) => {
              const { id, says, holds } = condition
              return (
                <li key={id}>
                  {say(says)}
                  {holds === false && (
                    <WhyFigures condition={condition} facts={answer.facts} figures={answer.parameters} alone />
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
          {others.length > 0 && (
            <details className="q-why-facts">
              <summary>{t('why.others', { n: others.length })}</summary>
              <ul>
                {others.map((some) => (
                  <li key={some.map(({ id }) => id).join(' ')}>{f.list(some.map(({ says }) => say(says)))}</li>
                ))}
              </ul>
            </details>
          )}
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
      {(earliest || (outcome === 'unmet' && !status)) && (
        <section>
          <h3>{t('why.when')}</h3>
          <p>{earliest ? t('why.earliest', { date: f.date(earliest) }) : t('why.never')}</p>
        </section>
      )}
    </div>
  )
}
