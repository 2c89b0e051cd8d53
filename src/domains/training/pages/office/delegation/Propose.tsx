/** Before people are proposed: who takes a place, who waits in line, and who has often been sent already. */
import { useState } from 'react'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { CheckField } from '../../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { FairShare } from '../FairShare.tsx'
import { nameIn } from '../names.ts'
import { type Candidate, type ClassRow, classKey, KEYS, useTraining } from '../training.ts'
import '../office.css'

export type Choice = { people: Candidate[]; resolve: (done: boolean) => void }

const LIVE = new Set(['proposed', 'accepted', 'waiting', 'confirmed', 'passed', 'failed'])

export function Propose({
  row,
  orgId,
  free,
  choice: { people, resolve },
  onClose,
}: {
  row: ClassRow
  orgId: string
  free: number
  choice: Choice
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const fresh = people.filter(({ state }) => !LIVE.has(state ?? ''))
  const seated = fresh.slice(0, free)
  const beyond = fresh.slice(free)
  const [wait, setWait] = useState(true)
  const act = useAct(training.propose, {
    done: ({ proposed, waiting }) =>
      t('office.propose_people.done', { proposed: proposed.length, waiting: waiting.length }),
    refresh: [classKey(row.id), KEYS.classes],
    quiet: true,
  })
  const close = (done: boolean) => {
    resolve(done)
    onClose()
  }
  const sent = wait ? fresh : seated
  const warned = sent.filter((one) => one.warned)
  return (
    <ConfirmWithReason
      open
      title={t('office.propose_people.title', { class: nameIn(f.locale, row) })}
      confirm={t('office.propose_people.act', { n: sent.length })}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={() => close(false)}
      onConfirm={async () => {
        if (sent.length === 0) return close(true)
        const done = await act.run({
          classId: row.id,
          orgId,
          personIds: sent.map(({ personId }) => personId),
          waitIfFull: wait,
        })
        if (done) close(true)
      }}
    >
      <p>{t('office.propose_people.preview', { n: seated.length, free: f.number(free) })}</p>
      <Names people={seated} />
      {beyond.length > 0 && (
        <>
          <CheckField
            label={t('office.propose_people.wait', { n: beyond.length })}
            hint={t('office.propose_people.wait_hint')}
            checked={wait}
            onChange={setWait}
          />
          {wait && <Names people={beyond} />}
        </>
      )}
      {fresh.length < people.length && (
        <Notice tone="info" title={t('office.propose_people.already', { n: people.length - fresh.length })} />
      )}
      {warned.length > 0 && (
        <Notice tone="wait" title={t('office.propose_people.warned', { n: warned.length })}>
          {f.list(warned.map(({ name }) => name))}
        </Notice>
      )}
    </ConfirmWithReason>
  )
}

function Names({ people }: { people: readonly Candidate[] }) {
  if (people.length === 0) return null
  return (
    <ol className="tr-names">
      {people.map((one) => (
        <li key={one.personId}>
          <span>
            {one.name} <small className="q-quiet">{one.number}</small>
          </span>
          <FairShare value={one.fairShare} warned={one.warned} />
        </li>
      ))}
    </ol>
  )
}
