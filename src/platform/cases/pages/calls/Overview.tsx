/** How a call runs, from applying to the result: every stage with who acts, how long, how many places, and by which clause. */
import type { ReactNode } from 'react'
import { Clause, type Confidence } from '../../../../ui/Clause.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { clauseOf } from '../../../../ui/why-answer.ts'
import type { Office, Stage } from '../../contract/definition.ts'
import type { CallDetail } from './asking.ts'
import { Amount, FigureOf, useOffices } from './parts.tsx'

export function Overview({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const pick = useBilingual()
  const { definition: one } = call
  return (
    <div className="q-stack">
      {one.about && <p className="calls-about">{pick(one.about)}</p>}
      <p className="calls-basis">
        {t('calls.basis')} <cite>{one.clause.document}</cite>{' '}
        <Clause
          clause={{ ...clauseOf(one.clause, one.confidence), ...(one.note ? { note: one.note } : {}) }}
          label={pick(one.title)}
        />
      </p>
      <ol className="calls-flow">
        <Applying call={call} />
        {one.stages.map((stage, nth) => (
          <StageStep key={stage.id} call={call} stage={stage} nth={nth} />
        ))}
        <Result call={call} />
      </ol>
    </div>
  )
}

function Step({
  kind,
  title,
  extra,
  children,
}: {
  kind: string
  title: string
  extra?: ReactNode
  children: ReactNode
}) {
  return (
    <li className={`calls-step calls-step-${kind}`}>
      <div className="calls-step-head">
        <h2>{title}</h2>
        {extra}
      </div>
      <div className="calls-step-body">{children}</div>
    </li>
  )
}

/** Name and value on one line. */
const Line = ({ label, children }: { label: string; children: ReactNode }) => (
  <p className="calls-line">
    <span>{label}</span>
    <span>{children}</span>
  </p>
)

function Applying({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const { definition: one } = call
  const title = (id: string) => pick(call.sets.find((set) => set.id === id)?.title ?? { zh: id, en: id })
  return (
    <Step kind="submit" title={t('calls.applying')} extra={<Tag>{t(`calls.of.${one.applicant}`)}</Tag>}>
      <Line label={t('calls.when')}>
        {f.date(call.opensOn)} – {call.closesAt ? f.dateTime(call.closesAt) : t('calls.no_deadline')}
      </Line>
      {one.eligibility.sets.length > 0 && (
        <Line label={t('calls.conditions')}>{f.list(one.eligibility.sets.map(title))}</Line>
      )}
      {one.eligibility.excludes.map(({ kind, says }) => (
        <Line key={kind} label={t('calls.excluded')}>
          {pick(says)}
        </Line>
      ))}
      {one.tracks.map((track) => (
        <Line key={track.id} label={t('calls.track')}>
          {pick(track.title)}
          {track.sets.length > 0 && <span className="q-quiet"> {f.list(track.sets.map(title))}</span>}
        </Line>
      ))}
      {one.materials.length > 0 && (
        <Line label={t('calls.materials')}>
          {f.list(
            one.materials.map((each) =>
              each.required ? pick(each.title) : t('calls.optional', { title: pick(each.title) }),
            ),
          )}
        </Line>
      )}
    </Step>
  )
}

function StageStep({ call, stage, nth }: { call: CallDetail; stage: Stage; nth: number }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const offices = useOffices()
  const at = `stages.${nth}`
  const deadline = call.deadlines.find((one) => one.stage === stage.id)?.closesAt
  return (
    <Step
      kind={stage.kind}
      title={pick(stage.title)}
      extra={
        <>
          <Tag>{t(`calls.kind.${stage.kind}`)}</Tag>
          {stage.clause ? (
            <Clause
              clause={{
                ...clauseOf(stage.clause, (stage.confidence ?? 'F') as Confidence),
                ...(stage.note ? { note: stage.note } : {}),
              }}
              label={pick(stage.title)}
            />
          ) : (
            stage.confidence === 'U' && <StatusTag tone="wait">{t('calls.unverified')}</StatusTag>
          )}
        </>
      }
    >
      <Line label={t('calls.by')}>
        {offices([stage.by].flat() as Office[])}
        {stage.kind === 'check' && stage.by.length > 1 && (
          <span className="q-quiet"> {t(`calls.signs.${stage.signs}`)}</span>
        )}
      </Line>
      {'days' in stage && stage.days !== undefined && (
        <Line label={t('calls.days')}>
          <FigureOf call={call} path={`${at}.days`} unit="day" />
        </Line>
      )}
      {deadline && <Line label={t('calls.closes')}>{f.dateTime(deadline)}</Line>}
      <Particulars call={call} stage={stage} at={at} />
      {call.definition.quotas.map((quota, index) =>
        quota.at !== stage.id ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: quotas stand in the order of the call
          <Line key={index} label={t('calls.places')}>
            {quota.track && `${pick(call.definition.tracks.find(({ id }) => id === quota.track)!.title)} `}
            <FigureOf
              call={call}
              path={`quotas.${index}.places.${'each' in quota.places ? 'each' : 'total'}`}
              unit="place"
            />{' '}
            <span className="q-quiet">
              {t(`calls.per.${quota.per}`, { by: 'total' in quota.places ? quota.places.by : 'each' })}
            </span>
          </Line>
        ),
      )}
      {stage.note && <p className="calls-note">{stage.note}</p>}
    </Step>
  )
}

function Particulars({ call, stage, at }: { call: CallDetail; stage: Stage; at: string }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const offices = useOffices()
  if (stage.kind === 'notice')
    return (
      <Line label={t('calls.objections')}>
        {t(stage.objections.anonymous ? 'calls.anonymous' : 'calls.named', {
          office: offices([stage.objections.answer]),
        })}{' '}
        <FigureOf call={call} path={`${at}.objections.days`} unit="day" />
      </Line>
    )
  if (stage.kind === 'review')
    return (
      <>
        <Line label={t('calls.reviews')}>
          <FigureOf call={call} path={`${at}.reviews`} unit="expert" />{' '}
          <span className="q-quiet">{t(`calls.blind.${stage.blind}`)}</span>
        </Line>
        <Line label={t('calls.rubric')}>
          {f.list(stage.rubric.map(({ title, most }) => t('calls.points', { title: pick(title), n: most })))}
        </Line>
        {stage.outlier !== undefined && (
          <Line label={t('calls.outlier')}>
            <FigureOf call={call} path={`${at}.outlier`} unit="point" />
          </Line>
        )}
      </>
    )
  if (stage.kind === 'panel')
    return (
      <>
        <Line label={t('calls.seats')}>
          <FigureOf call={call} path={`${at}.seats`} unit="expert" />{' '}
          {stage.odd && <span className="q-quiet">{t('calls.odd')}</span>}
        </Line>
        <Line label={t('calls.attendance')}>{stage.attendance.join('/')}</Line>
        <Line label={t('calls.pass')}>{stage.pass.join('/')}</Line>
      </>
    )
  if (stage.kind === 'check' && stage.report) return <Line label={t('calls.report')}>{t('calls.report_says')}</Line>
  return null
}

function Result({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const offices = useOffices()
  const { result, appeal } = call.definition
  return (
    <Step kind="result" title={pick(result.title)} extra={<Tag>{t(`calls.level.${result.level}`)}</Tag>}>
      <Line label={t('calls.term')}>
        {result.years === undefined ? t('calls.lasting') : <FigureOf call={call} path="result.years" unit="year" />}
      </Line>
      {result.certificate && (
        <Line label={t('calls.certificate')}>
          {t('calls.certificate_numbered', {
            label: (result.number ?? '证字〔{year}〕{number}号')
              .replace('{year}', call.opensOn.slice(0, 4))
              .replace('{number}', '00001'),
          })}
        </Line>
      )}
      {result.duties.length > 0 && <Line label={t('calls.duties')}>{f.list(result.duties.map(pick))}</Line>}
      {result.members && (
        <Line label={t('calls.members')}>
          <Amount n={result.members.most} unit="person" />
        </Line>
      )}
      {result.assessment && (
        <Line label={t('calls.assessment')}>
          {offices([result.assessment.by])}{' '}
          {f.list(
            result.assessment.grades.map(({ title, removes }) =>
              removes ? t('calls.removes', { title: pick(title) }) : pick(title),
            ),
          )}
        </Line>
      )}
      {appeal && (
        <Line label={t('calls.appeal')}>
          <FigureOf call={call} path="appeal.days" unit="day" /> <span className="q-quiet">{offices([appeal.to])}</span>
        </Line>
      )}
    </Step>
  )
}
