/** The conditions one by one: how each comes out, what fails by which clause, what is not on record and whom to ask, and why in full. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { outcomeTones } from '../../../../ui/Why.tsx'
import { WhyPerson } from '../../../../ui/WhyPerson.tsx'
import { WhySchool } from '../../../../ui/WhySchool.tsx'
import { clauseOf } from '../../../../ui/why-answer.ts'
import type { ApplicationPage, JudgedSet, Standing } from './applying.ts'

export function StandingRows({
  standing,
  about,
  asOf,
}: {
  standing: Standing
  about: ApplicationPage['about']
  asOf: string
}) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const [asking, ask] = useState<JudgedSet | null>(null)
  const { sets, excluded } = standing
  if (sets.length + excluded.length === 0) return <p>{t('applications.no_conditions')}</p>
  return (
    <>
      <ul className="app-sets">
        {excluded.map(({ kind, title, says, clause, until }) => (
          <li key={kind}>
            <p className="app-meta">
              <StatusTag tone="alert">{t('applications.barred')}</StatusTag>
              <b>{say(says)}</b>
              {clause && <Clause clause={clauseOf(clause, 'F')} label={say(says)} />}
            </p>
            <p className="q-quiet">
              {f.dotted([say(title), until && t('applications.held_until', { date: f.date(until) })])}
            </p>
          </li>
        ))}
        {sets.map((set) => (
          <li key={set.set}>
            <p className="app-meta">
              <SetOutcome set={set} />
              <b>{say(set.title)}</b>
            </p>
            {set.failed.length > 0 && (
              <ul className="app-reasons">
                {set.failed.map(({ id, says, clause }) => (
                  <li key={id}>
                    {say(says)} {clause && <Clause clause={clauseOf(clause, 'F')} label={say(says)} />}
                  </li>
                ))}
              </ul>
            )}
            {set.holds === null && <Missing unknown={set.unknown} />}
            <div>
              <Button
                small
                look="quiet"
                onClick={() => ask(set)}
                aria-label={t('applications.why_of', { set: say(set.title) })}
              >
                {t('applications.why')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {asking && (
        <Sheet open title={say(asking.title)} onClose={() => ask(null)}>
          {about.kind === 'person' ? (
            <WhyPerson set={asking.set} personId={about.id} asOf={asOf} />
          ) : (
            <WhySchool set={asking.set} orgId={about.id} asOf={asOf} />
          )}
        </Sheet>
      )}
    </>
  )
}

function SetOutcome({ set: { holds, outcome } }: { set: JudgedSet }) {
  const t = useWords('cases')
  const key = outcome === 'exempt' ? 'exempt' : holds === null ? 'unknown' : holds ? 'met' : 'unmet'
  return <StatusTag tone={outcomeTones[key] ?? 'plain'}>{t(`applications.outcome.${key}`)}</StatusTag>
}

/** What nobody has on record, by whom to ask for it. */
function Missing({ unknown }: { unknown: JudgedSet['unknown'] }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  return [...Map.groupBy(unknown, ({ ask }) => say(ask))].map(([whom, facts]) => (
    <p key={whom} className="q-quiet">
      {t('applications.missing_facts', { facts: f.list(facts.map(({ title }) => say(title))), whom })}
    </p>
  ))
}
