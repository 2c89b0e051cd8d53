/**
 * Why a rule decided as it did. What a person needs first comes first: the outcome, what is missing, the shortest way and the
 * earliest day; then every condition with its clause, what it was judged by, and by which rules.
 */
import type { ReactNode } from 'react'
import { Clause } from './Clause.tsx'
import { useBilingual, useFormat, useWords } from './i18n.tsx'
import { Notice } from './Notice.tsx'
import { StatusTag, type Tone } from './Tag.tsx'
import { WhyGroup } from './WhyConditions.tsx'
import { WhyMissing } from './WhyMissing.tsx'
import { useSeen, WhySource } from './WhySource.tsx'
import { clauseOf, conditionsIn, useAmount, type WhyAnswer } from './why-answer.ts'
import './why.css'

export const outcomeTones: Record<string, Tone> = { met: 'done', unmet: 'alert', unknown: 'wait', exempt: 'off' }

export function Why({
  answer,
  status,
  stating,
  known,
  acts,
  objection,
}: {
  answer: WhyAnswer
  /** It tells a state that nobody aims at: its outcome is no alarm. */
  status?: boolean
  /** Where a person states what is not on record. */
  stating?: ReactNode
  /** The way to the same as it was known on another day. */
  known?: ReactNode
  /** Below it: printing and the like. */
  acts?: ReactNode
  /** Where a person says that a fact or the decision is wrong. */
  objection?: ReactNode
}) {
  const t = useWords('ui')
  const f = useFormat()
  const say = useBilingual()
  const { outcome, grades, layers, parameters = [], asOf, knownOn } = answer
  const facts = useSeen(answer)
  // What is tried is no version; the notice above says so.
  const versions = [...layers, ...parameters]
    .map(({ packVersion }) => packVersion)
    .filter((version) => version.includes('@'))
  const grade = grades.find(({ id }) => id === outcome)
  return (
    <div className={status ? 'q-why q-why-status' : 'q-why'}>
      <p className="q-why-outcome" tabIndex={-1}>
        <StatusTag tone={status ? 'plain' : (outcomeTones[outcome] ?? 'alert')}>
          {grade ? say(grade.title) : t(status && outcome === 'unmet' ? 'outcome.not_so' : `why.${outcome}`)}
        </StatusTag>
        <span className="q-quiet">{t('why.as_of', { date: f.date(asOf) })}</span>
      </p>
      {answer.trial && <Notice title={t('why.trial')}>{t('why.trial_hint')}</Notice>}
      {facts.some(({ stated }) => stated) && <Notice title={t('why.if_so')}>{t('why.if_so_hint')}</Notice>}
      <WhyMissing answer={answer} {...(status ? { status } : {})} />
      {stating}
      {outcome !== 'exempt' && (
        <section>
          <h3>{t('why.all', { n: conditionsIn(answer.needs).length })}</h3>
          <WhyGroup group={answer.needs} facts={facts} figures={parameters} />
        </section>
      )}
      {grades.map(({ id, title, when }) => (
        <section key={id}>
          <h3>{t('why.grade', { title: say(title) })}</h3>
          <WhyGroup group={when} facts={facts} figures={parameters} />
        </section>
      ))}
      {outcome !== 'met' &&
        answer.consequences.map(({ says, clause }) => (
          <div key={says.zh}>
            {t('why.consequence')} {say(says)} <Clause clause={clauseOf(clause, 'F')} label={say(says)} />
          </div>
        ))}
      <JudgedBy facts={facts} />
      {known}
      <p className="q-quiet q-why-foot">
        {t('why.foot', { date: f.date(asOf), versions: [...new Set(versions)].join(' + ') })}
        {knownOn &&
          !known &&
          ` ${t('why.known.title', { date: instant(f, knownOn) })}${t('why.known.stop')}${t('why.known.nothing_newer')}`}
      </p>
      {acts && <div className="q-why-acts">{acts}</div>}
      {objection}
    </div>
  )
}

/** A day, or an instant to the minute. */
const instant = (f: ReturnType<typeof useFormat>, known: string): string =>
  known.length === 10 ? f.date(known) : f.dateTime(known)

/** What the records say, folded away: the conditions above already show what decides. */
function JudgedBy({ facts }: { facts: WhyAnswer['facts'] }) {
  const t = useWords('ui')
  const say = useBilingual()
  const amount = useAmount(facts)
  if (facts.length === 0) return null
  return (
    <details className="q-why-facts">
      <summary>{t('why.facts', { n: facts.length })}</summary>
      <dl>
        {facts.map((fact) => {
          const { id, title, value, ask, stated } = fact
          return (
            <div key={id}>
              <dt>{say(title)}</dt>
              <dd>
                {ask ? t('why.not_known', { whom: say(ask) }) : amount(value, [id])}
                {stated && <span className="q-why-stated">{t('why.stated')}</span>}
                <WhySource facts={[fact]} />
              </dd>
            </div>
          )
        })}
      </dl>
    </details>
  )
}
