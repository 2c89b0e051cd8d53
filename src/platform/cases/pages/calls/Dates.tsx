/** Name and days of a call: when it opens, the day on which conditions are judged, and until when each stage takes acts. */
import { type FormEvent, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { AmendDeadline } from './Amend.tsx'
import { CALLS, type CallDetail, fromField, toField, useCases } from './asking.ts'

export function Dates({ call }: { call: CallDetail }) {
  return call.state === 'draft' && call.mayWrite ? <Draft call={call} /> : <Fixed call={call} />
}

const stagesOf = (call: CallDetail) => ['submit', ...call.definition.stages.map(({ id }) => id)]
const closing = (call: CallDetail, stage: string) => call.deadlines.find((one) => one.stage === stage)?.closesAt ?? null

function useStageName(call: CallDetail) {
  const t = useWords('cases')
  const pick = useBilingual()
  return (stage: string) =>
    stage === 'submit' ? t('calls.applying') : pick(call.definition.stages.find(({ id }) => id === stage)!.title)
}

function Draft({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const cases = useCases()
  const named = useStageName(call)
  const saving = useAct(cases.saveCall, { done: t('calls.saved'), refresh: CALLS })
  const [title, setTitle] = useState(call.title)
  const [opensOn, setOpens] = useState(call.opensOn)
  const [judgedOn, setJudged] = useState(call.judgedOn)
  const [closes, setCloses] = useState<Record<string, string>>(() =>
    Object.fromEntries(stagesOf(call).map((stage) => [stage, toField(closing(call, stage))])),
  )
  const save = (event: FormEvent) => {
    event.preventDefault()
    const deadlines = stagesOf(call)
      .map((stage) => ({ stage, closesAt: fromField(closes[stage]!) }))
      .filter(({ stage, closesAt }) => toField(closesAt) !== toField(closing(call, stage)))
    void saving.run({ callId: call.id, revision: call.revision, title, opensOn, judgedOn, deadlines })
  }
  return (
    <form onSubmit={save} className="q-stack">
      <Card title={t('calls.name')}>
        <div className="calls-fields">
          <TextField
            label={t('calls.name_zh')}
            required
            minLength={2}
            maxLength={120}
            value={title.zh}
            onChange={(zh) => setTitle({ ...title, zh })}
          />
          <TextField
            label={t('calls.name_en')}
            required
            minLength={2}
            maxLength={200}
            value={title.en}
            onChange={(en) => setTitle({ ...title, en })}
          />
          <TextField label={t('calls.opens')} type="date" required value={opensOn} onChange={setOpens} />
          <TextField
            label={t('calls.judged_on')}
            hint={t('calls.judged_hint')}
            type="date"
            required
            value={judgedOn}
            onChange={setJudged}
          />
        </div>
      </Card>
      <Card title={t('calls.deadlines')}>
        <div className="q-stack">
          <p className="q-quiet">{t('calls.deadlines_hint')}</p>
          <div className="calls-fields">
            {stagesOf(call).map((stage) => (
              <TextField
                key={stage}
                label={named(stage)}
                {...(stage === 'submit' ? {} : { required: false })}
                type="datetime-local"
                value={closes[stage]!}
                onChange={(text) => setCloses({ ...closes, [stage]: text })}
              />
            ))}
          </div>
        </div>
      </Card>
      <div>
        <Button type="submit" look="primary" busy={saving.busy}>
          {t('calls.save')}
        </Button>
      </div>
    </form>
  )
}

function Fixed({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const f = useFormat()
  const named = useStageName(call)
  const [amending, amend] = useState<string | null>(null)
  const may = call.mayWrite && call.state === 'published'
  return (
    <Card title={t('calls.deadlines')} flush>
      <ul className="calls-dates">
        <li>
          <span>{t('calls.opens')}</span>
          <span>{f.date(call.opensOn)}</span>
        </li>
        <li>
          <span>{t('calls.judged_on')}</span>
          <span>{f.date(call.judgedOn)}</span>
        </li>
        {stagesOf(call).map((stage) => {
          const before = call.deadlines.find((one) => one.stage === stage)?.before ?? []
          const until = closing(call, stage)
          return (
            <li key={stage}>
              <span>{t('calls.closes_of', { stage: named(stage) })}</span>
              <span>
                {until ? f.dateTime(until) : t('calls.no_deadline')}
                {before.map(({ closesAt, at }) => (
                  <small key={at} className="q-quiet">
                    {' '}
                    {t('calls.was', { when: closesAt ? f.dateTime(closesAt) : t('calls.no_deadline') })}
                  </small>
                ))}
              </span>
              {may && (
                <Button small look="quiet" icon="edit" onClick={() => amend(stage)}>
                  {t('calls.amend_deadline')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {amending && (
        <AmendDeadline
          call={call}
          stage={amending}
          name={named(amending)}
          until={closing(call, amending)}
          onClose={() => amend(null)}
        />
      )}
    </Card>
  )
}
