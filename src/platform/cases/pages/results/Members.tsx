/** Members of a studio: taken in by their number, let go on a day. */
import { type FormEvent, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { DESIGNATION, type Designation, useCases, useToday } from './results.ts'
import { Term } from './Term.tsx'

const later = (a: string, b: string): string => [a, b].toSorted()[1] as string

export function Members({ of, manage }: { of: Designation; manage: boolean }) {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const today = useToday()
  const key = { holderId: of.holderId, designationId: of.designationId }
  const end = useAct(cases.endMember, { done: t('results.member_ended'), refresh: [DESIGNATION] })
  return (
    <section>
      <h3>{t('results.members', { n: of.members.length, most: of.mostMembers ?? 0 })}</h3>
      {of.members.length === 0 && <p className="q-quiet">{t('results.members_none')}</p>}
      <ul className="results-members">
        {of.members.map(({ id, name, org, from, until }) => (
          <li key={id}>
            <span>
              {f.dotted([name, org])}
              <small>
                <Term from={from} until={until} />
              </small>
            </span>
            {manage && (until === null || until >= today) && (
              <Button
                small
                look="quiet"
                busy={end.busy}
                onClick={() => void end.run({ ...key, memberId: id, on: later(today, from) })}
              >
                {t('results.end_member')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {manage && <Add of={of} today={today} />}
    </section>
  )
}

function Add({ of, today }: { of: Designation; today: string }) {
  const t = useWords('cases')
  const cases = useCases()
  const [number, setNumber] = useState('')
  const [from, setFrom] = useState(later(today, of.from))
  const add = useAct(cases.addMember, {
    done: ({ name }) => t('results.member_added', { name }),
    refresh: [DESIGNATION],
    quiet: true,
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { holderId, designationId } = of
    if (await add.run({ holderId, designationId, number, from })) setNumber('')
  }
  return (
    <form className="results-fields" onSubmit={submit}>
      <TextField label={t('results.number')} required value={number} onChange={setNumber} maxLength={40} />
      <TextField label={t('results.member_from')} type="date" required value={from} onChange={setFrom} />
      <Button type="submit" busy={add.busy}>
        {t('results.add_member')}
      </Button>
      {add.error !== null && <Failure error={add.error} />}
    </form>
  )
}
