/** What a host does for people without a phone: check in by hand with a reason, a list to sign, the signed list read back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { Dialog } from '../../../../../ui/Dialog.tsx'
import { Icon } from '../../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { UploadExcel } from '../../../../../ui/office/UploadExcel.tsx'
import { useNow } from '../now.ts'
import { type ClassRow, classKey, KEYS, type Session, type Training, useAsk, useTraining } from '../training.ts'
import './attendance.css'

/** Milliseconds after which a check-in by hand is no longer part of the session itself. */
const DAY = 86_400_000

export type ByHand = { personIds: string[]; resolve: (done: boolean) => void }

export function CheckInByHand({
  row,
  session,
  byHand: { personIds, resolve },
  onClose,
}: {
  row: ClassRow
  session: Session
  byHand: ByHand
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const list = useQuery(useAsk().attendance(row.id, session.id))
  const chosen = (list.data ?? []).filter(({ personId }) => personIds.includes(personId))
  const absent = chosen.filter(({ state }) => state !== 'present')
  const long = useNow().getTime() - Date.parse(session.ends) > DAY
  const act = useAct(training.checkInByHand, {
    done: ({ recorded }) => t('office.attendance.recorded', { n: recorded }),
    refresh: [classKey(row.id), KEYS.classes],
    quiet: true,
  })
  const close = (done: boolean) => {
    resolve(done)
    onClose()
  }
  return (
    <ConfirmWithReason
      open
      title={t('office.attendance.by_hand')}
      confirm={t('office.attendance.by_hand_act', { n: absent.length })}
      reasonHint={t('office.attendance.reason_hint')}
      busy={act.busy}
      error={act.error}
      onClose={() => close(false)}
      onConfirm={async (reason) => {
        if (absent.length === 0) return close(true)
        const done = await act.run({ sessionId: session.id, personIds: absent.map(({ personId }) => personId), reason })
        if (done) close(true)
      }}
    >
      <p>
        {f.list(absent.slice(0, 12).map(({ name }) => name))}
        {absent.length > 12 && t('office.and_more', { n: absent.length - 12 })}
      </p>
      {long && (
        <Notice tone="wait" title={t('office.attendance.long_over', { when: f.dateTime(session.ends) })}>
          {t('office.attendance.long_over_hint')}
        </Notice>
      )}
      {absent.length < personIds.length && (
        <Notice tone="info" title={t('office.attendance.already_in', { n: personIds.length - absent.length })} />
      )}
    </ConfirmWithReason>
  )
}

type Outcome = Awaited<ReturnType<Training['importAttendance']>>

export function AttendanceTools({ row, session }: { row: ClassRow; session: Session }) {
  const t = useWords('training')
  const [open, setOpen] = useState(false)
  return (
    <>
      <a
        className="q-button q-button-plain q-small"
        href={`/api/training/attendanceSheet?sessionId=${session.id}`}
        download
      >
        <Icon name="download" size={16} />
        <span>{t('office.list.download')}</span>
      </a>
      <Button small icon="upload" onClick={() => setOpen(true)}>
        {t('office.list.upload')}
      </Button>
      {open && <ImportSigned row={row} session={session} onClose={() => setOpen(false)} />}
    </>
  )
}

function ImportSigned({ row, session, onClose }: { row: ClassRow; session: Session; onClose: () => void }) {
  const t = useWords('training')
  const training = useTraining()
  const queries = useQueryClient()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const word = (code: string) => {
    const key = `office.fault.${code.replace(/^(sheets|training)\./, '')}`
    return t.has(key) ? t(key) : t('office.fault.other', { code })
  }
  return (
    <Dialog
      open
      title={t('office.list.upload')}
      onClose={onClose}
      acts={<Button onClick={onClose}>{t('office.close')}</Button>}
    >
      <div className="q-stack">
        <p>{t('office.list.upload_note', { session: session.title })}</p>
        <UploadExcel<Outcome>
          maxBytes={5 * 2 ** 20}
          template={`/api/training/attendanceSheet?sessionId=${session.id}`}
          send={async (file, onSent) => {
            onSent(file.size)
            return training.importAttendance({ sessionId: session.id, file })
          }}
          onDone={(answer) => {
            setOutcome(answer)
            if (answer.faults.length > 0) return
            for (const queryKey of [classKey(row.id), KEYS.classes]) void queries.invalidateQueries({ queryKey })
          }}
        />
        {outcome && outcome.faults.length === 0 && (
          <Notice
            tone="done"
            live
            title={t('office.list.done', { recorded: outcome.recorded, already: outcome.already })}
          />
        )}
        {outcome && outcome.faults.length > 0 && (
          <>
            <Notice tone="alert" live title={t('office.list.faults', { n: outcome.faults.length })} />
            <div className="q-plain-table tr-faults">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('office.list.cell')}</th>
                    <th scope="col">{t('office.list.value')}</th>
                    <th scope="col">{t('office.list.why')}</th>
                  </tr>
                </thead>
                <tbody>
                  {outcome.faults.map((fault) => (
                    <tr key={`${fault.cell}${fault.code}`}>
                      <th scope="row" className="q-num">
                        {fault.cell}
                      </th>
                      <td>{fault.value || '—'}</td>
                      <td>{word(fault.code)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </div>
    </Dialog>
  )
}
