/** Takes a plan over from a policy pack into one's own district, and what to do where there is no plan yet. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { policyContract } from '../../../../../platform/policy/contract.ts'
import { useAddress } from '../../../../../ui/address.ts'
import { Button, ButtonLink } from '../../../../../ui/Button.tsx'
import { useAct, useClient } from '../../../../../ui/client.tsx'
import { Dialog } from '../../../../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Empty, Failure, Notice } from '../../../../../ui/Notice.tsx'
import { useCan, useSignedIn } from '../../../../../ui/session.tsx'
import { troubleOf } from '../../../../../ui/trouble.ts'
import { useNow } from '../now.ts'
import { KEYS, useTraining } from '../training.ts'

export function NoPlan() {
  const t = useWords('training')
  const can = useCan()
  const year = useNow().getFullYear()
  const [taking, setTaking] = useState(false)
  const writes = can('training.plan.write')
  return (
    <>
      <Empty
        icon="calendar"
        title={t('office.plan.none')}
        hint={t(writes ? 'office.plan.none_hint_trainer' : 'office.plan.none_hint')}
        act={
          writes ? (
            <Button look="primary" icon="download" onClick={() => setTaking(true)}>
              {t('office.plan.take_over')}
            </Button>
          ) : (
            <ButtonLink to="/">{t('office.home')}</ButtonLink>
          )
        }
      />
      {taking && <TakeOver year={year} onClose={() => setTaking(false)} />}
    </>
  )
}

export function TakeOver({ year: proposed, onClose }: { year: number; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const form = useId()
  const training = useTraining()
  const policy = useClient<typeof policyContract>('policy')
  const [, change] = useAddress()
  const { roles } = useSignedIn()
  const own = roles.filter(({ role }) => role === 'trainer')
  const packs = useQuery({ queryKey: ['policy', 'packs'], queryFn: () => policy.packs() })
  // A plan belongs to one authority below others; packs that others build on carry no plan of their own.
  const authorities = (packs.data ?? []).filter(
    ({ authority }) => !packs.data?.some((other) => other.extends === authority),
  )
  const [orgId, setOrgId] = useState(own[0]?.orgId ?? '')
  const [chosen, setChosen] = useState('')
  const [year, setYear] = useState(String(proposed))
  const authority =
    chosen || (authorities.find(({ authority: id }) => id === 'qianjiang') ?? authorities[0])?.authority || ''
  const act = useAct(training.importPlan, {
    done: ({ created }) => t(created ? 'office.plan.taken_over' : 'office.plan.taken_over_before'),
    refresh: [KEYS.plans, KEYS.classes],
    quiet: true,
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!(await act.run({ orgId, authority, year: Number(year) }))) return
    change({ year })
    onClose()
  }
  return (
    <Dialog
      open
      title={t('office.plan.take_over')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('office.cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={act.busy} disabled={!authority || !orgId}>
            {t('office.plan.take_over_act')}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void submit(event)}>
        <p>{t('office.plan.take_over_note')}</p>
        {own.length > 1 && (
          <SelectField
            label={t('office.plan.for_org')}
            value={orgId}
            onChange={setOrgId}
            choices={own.map((role) => ({ value: role.orgId, label: role.orgName }))}
          />
        )}
        <SelectField
          label={t('office.plan.authority')}
          value={authority}
          onChange={setChosen}
          choices={authorities.map(({ authority: value, name }) => ({
            value,
            label: f.locale === 'en' ? name.en : name.zh,
          }))}
        />
        <TextField
          label={t('office.year')}
          type="number"
          min={2000}
          max={2100}
          required
          value={year}
          onChange={setYear}
        />
        {act.error !== null &&
          (troubleOf(act.error).kind === 'not_found' ? (
            <Notice tone="alert" live title={t('office.plan.not_in_pack', { year })} />
          ) : (
            <Failure error={act.error} />
          ))}
      </form>
    </Dialog>
  )
}
