/** Objections to credits: what is objected to, by when it must be answered, and the answer. */
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from '../../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { useSignedIn } from '../../../../../ui/session.tsx'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { useParameter } from '../parameter.ts'
import { Due, State } from '../States.tsx'
import { KEYS, type Objection, useAsk, useTraining } from '../training.ts'
import './credits.css'
import '../office.css'

const WAYS: Ways<Objection> = {
  keep: { q: (row, typed) => matches(typed, row.name, row.orgName, row.text) },
  order: {
    name: (row) => row.name,
    school: (row) => row.orgName,
    due: (row) => row.dueOn,
    raised: (row) => row.raisedAt,
  },
}

export default function Objections() {
  const t = useWords('training')
  const f = useFormat()
  const ask = useAsk()
  const queries = useQueryClient()
  const { person } = useSignedIn()
  const days = useParameter('training.objection.answer_days')
  const [answering, setAnswering] = useState<Objection | null>(null)
  const columns: Column<Objection>[] = [
    {
      key: 'name',
      title: t('office.figure.person'),
      cell: (row) => (
        <>
          <PersonLink id={row.personId} name={row.name} />
          <small className="tr-under">{row.orgName}</small>
        </>
      ),
      sort: true,
    },
    { key: 'text', title: t('office.objection.text'), cell: (row) => <span className="tr-wrap">{row.text}</span> },
    {
      key: 'entry',
      title: t('office.objection.entry'),
      cell: (row) =>
        row.entry ? (
          <>
            {row.entry.title}
            <small className="tr-under q-num">
              {f.isoDate(row.entry.occurredOn)} · {t('office.credits_n', { n: f.number(row.entry.credits) })}
            </small>
          </>
        ) : (
          <span className="q-quiet">{t('office.objection.missing_entry')}</span>
        ),
    },
    {
      key: 'due',
      title: t('office.objection.due'),
      cell: (row) => (
        <span className="tr-tags">
          <span className="q-num">{f.isoDate(row.dueOn)}</span>
          {row.state === 'open' && <Due at={row.dueOn} />}
        </span>
      ),
      sort: true,
      ...(days ? { clause: days.clause } : {}),
    },
    {
      key: 'state',
      title: t('office.figure.state'),
      cell: (row) => <State of="objection" is={row.state} />,
      card: 'trailing',
    },
    {
      key: 'answer',
      title: t('office.objection.answer'),
      cell: (row) =>
        row.state !== 'open' ? (
          <span className="tr-wrap">{row.answer}</span>
        ) : row.personId === person?.id ? (
          <span className="q-quiet">{t('office.leave.own')}</span>
        ) : (
          <Button small onClick={() => setAnswering(row)}>
            {t('office.objection.answer_act')}
          </Button>
        ),
    },
  ]
  return (
    <>
      <PageHead title={t('office.objection.title')} subtitle={t('office.objection.subtitle')} />
      <DataTable<Objection>
        caption={t('office.objection.title')}
        queryKey={[...KEYS.objections, 'table']}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        load={async (query) =>
          pageOf(
            await queries.fetchQuery({ ...ask.objections(query.filter.all !== '1'), staleTime: 5_000 }),
            query,
            WAYS,
          )
        }
        filters={[
          { key: 'q', label: t('office.objection.search'), kind: 'text' },
          { key: 'all', label: t('office.objection.all'), kind: 'flag' },
        ]}
        sort="due"
        empty={{ title: t('office.objection.none'), hint: t('office.objection.none_hint') }}
      />
      {answering && <AnswerObjection objection={answering} onClose={() => setAnswering(null)} />}
    </>
  )
}

function AnswerObjection({ objection, onClose }: { objection: Objection; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const name = useId()
  const training = useTraining()
  const [uphold, setUphold] = useState<boolean | null>(null)
  const [missing, setMissing] = useState(false)
  const act = useAct(training.answerObjection, {
    done: t('office.objection.answered'),
    refresh: [KEYS.objections, KEYS.credits, KEYS.audits, ['nav-count']],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      title={t('office.objection.answer_title', { name: objection.name })}
      confirm={t(
        uphold === null
          ? 'office.objection.answer_act'
          : uphold
            ? 'office.objection.uphold_act'
            : 'office.objection.reject_act',
      )}
      danger={uphold === true && objection.entry !== null}
      reasonLabel={t('office.objection.answer')}
      reasonHint={t('office.objection.answer_hint')}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async (answer) => {
        if (uphold === null) return setMissing(true)
        const done = await act.run({ personId: objection.personId, objectionId: objection.id, uphold, answer })
        if (done) onClose()
      }}
    >
      <blockquote className="tr-quote">{objection.text}</blockquote>
      {objection.entry && (
        <p>
          {objection.entry.title} · {f.date(objection.entry.occurredOn)} ·{' '}
          {t('office.credits_n', { n: f.number(objection.entry.credits) })}
        </p>
      )}
      <fieldset className="tr-choices">
        <legend>{t('office.objection.decision')}</legend>
        {([true, false] as const).map((value) => (
          <label key={String(value)} className="q-check">
            <input type="radio" name={name} checked={uphold === value} onChange={() => setUphold(value)} />
            <span>
              {t(value ? 'office.objection.uphold' : 'office.objection.reject')}
              <small>
                {t(
                  value
                    ? objection.entry
                      ? 'office.objection.uphold_hint'
                      : 'office.objection.uphold_hint_missing'
                    : 'office.objection.reject_hint',
                )}
              </small>
            </span>
          </label>
        ))}
        {missing && uphold === null && <p className="q-field-error">{t('office.objection.choose')}</p>}
      </fieldset>
    </ConfirmWithReason>
  )
}
