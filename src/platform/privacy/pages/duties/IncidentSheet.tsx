/** One incident: what people are told, whether the authority was, and telling those whom it concerns. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Facts } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField, TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { say } from '../../../../ui/toast.ts'
import type { directoryContract } from '../../../directory/contract.ts'
import { usePrivacy } from '../privacy.ts'
import { INCIDENTS, type Incident, momentOf, STATUTORY, useOffice } from './duties.ts'

export function IncidentSheet({ row, onClose }: { row: Incident; onClose: () => void }) {
  const t = useWords('privacy')
  const ui = useWords('ui')
  const f = useFormat()
  const can = useCan()
  const privacy = usePrivacy()
  const [leaving, setLeaving] = useState(false)
  const leave = useAct(privacy.leaveUntold, { done: t('incident.authority_noted'), refresh: [INCIDENTS], quiet: true })
  const write = can('privacy.duty.write')
  return (
    <>
      <Dialog
        open={!leaving}
        form="sheet"
        title={row.title}
        onClose={onClose}
        acts={<Button onClick={onClose}>{ui('close')}</Button>}
      >
        <div className="q-stack">
          <Facts
            columns={1}
            items={[
              { label: t('incident.found'), value: f.dotted([f.dateTime(new Date(row.foundAt)), row.orgName]) },
              ...STATUTORY.map((key) => ({ label: t(`incident.${key}`), value: row[key] })),
              {
                label: t('incident.authority'),
                value: row.authorityAt
                  ? f.dotted([row.authority, f.dateTime(new Date(row.authorityAt))])
                  : t('incident.authority_none'),
              },
              {
                label: t('incident.people'),
                value: row.toldAt
                  ? t('incident.people_told', { n: row.people })
                  : row.untoldWhy
                    ? t('incident.people_untold', { why: row.untoldWhy })
                    : t('incident.people_none'),
              },
            ]}
          />
          {write && !row.authority && <Report row={row} />}
          {write && <Tell row={row} />}
          {write && !row.toldAt && !row.untoldWhy && (
            <div>
              <Button onClick={() => setLeaving(true)}>{t('incident.untold')}</Button>
            </div>
          )}
        </div>
      </Dialog>
      {leaving && (
        <ConfirmWithReason
          open
          title={t('incident.untold')}
          confirm={t('incident.untold')}
          reasonHint={t('incident.untold_hint')}
          busy={leave.busy}
          error={leave.error}
          onClose={() => setLeaving(false)}
          onConfirm={(why) => void leave.run({ incidentId: row.id, why }).then((done) => done && setLeaving(false))}
        />
      )}
    </>
  )
}

function Report({ row }: { row: Incident }) {
  const t = useWords('privacy')
  const privacy = usePrivacy()
  const [authority, setAuthority] = useState('')
  const [at, setAt] = useState('')
  const note = useAct(privacy.noteAuthority, { done: t('incident.authority_noted'), refresh: [INCIDENTS] })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!note.busy) void note.run({ incidentId: row.id, authority, at: momentOf(at) })
  }
  return (
    <form className="q-stack" onSubmit={submit}>
      <h3>{t('incident.authority')}</h3>
      <TextField
        label={t('incident.authority_name')}
        required
        minLength={2}
        maxLength={100}
        value={authority}
        onChange={setAuthority}
      />
      <TextField label={t('incident.authority_at')} type="datetime-local" required value={at} onChange={setAt} />
      <div>
        <Button type="submit" busy={note.busy}>
          {t('incident.authority_note')}
        </Button>
      </div>
    </form>
  )
}

function Tell({ row }: { row: Incident }) {
  const t = useWords('privacy')
  const office = useOffice()
  const privacy = usePrivacy()
  const directory = useClient<typeof directoryContract>('directory')
  const { data: schools = [] } = useQuery({
    queryKey: ['directory', 'schools'],
    queryFn: () => directory.schools({}),
    staleTime: 300_000,
  })
  const [numbers, setNumbers] = useState('')
  const [orgId, setOrgId] = useState('')
  const [unknown, setUnknown] = useState<string[]>([])
  const tell = useAct(privacy.tellAffected, { refresh: [INCIDENTS] })
  const listed = numbers.split(/[\s,，、;；]+/).filter((number) => number !== '')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (tell.busy) return
    const answer = await tell.run(
      listed.length > 0 ? { incidentId: row.id, numbers: listed } : { incidentId: row.id, orgId },
    )
    if (!answer) return
    say(t('incident.told', { n: answer.told }))
    setUnknown(answer.unknown)
    setNumbers('')
  }
  return (
    <form className="q-stack" onSubmit={(event) => void submit(event)}>
      <h3>{t('incident.tell')}</h3>
      <TextAreaField
        label={t('incident.tell_numbers')}
        hint={t('incident.tell_numbers_hint')}
        maxLength={100_000}
        value={numbers}
        onChange={setNumbers}
      />
      {listed.length === 0 && (
        <SelectField
          label={t('incident.tell_org')}
          required
          placeholder={t('assess.choose')}
          value={orgId}
          onChange={setOrgId}
          choices={[
            ...(office ? [{ value: office.orgId, label: office.orgName }] : []),
            ...schools.map(({ id, shortName }) => ({ value: id, label: shortName })),
          ]}
        />
      )}
      <div>
        <Button type="submit" look="primary" busy={tell.busy}>
          {t('incident.tell')}
        </Button>
      </div>
      {unknown.length > 0 && (
        <Notice tone="alert">{t('incident.unknown', { numbers: unknown.join(t('list_comma')) })}</Notice>
      )}
    </form>
  )
}
