/** The end of the year: schools confirm, the district checks and locks, every school gets its findings. */
import type { Cast } from './cast.ts'
import { chance } from './chance.ts'
import { eachOf, type Journal } from './pace.ts'

type Stage = { cast: Cast; journal: Journal; year: number; planId: string }

/** A few teachers miss something in their record and say so; the district answers each. */
export async function objections({ cast, journal, year }: Stage): Promise<void> {
  const audits = await cast.trainer.training.audits({ year })
  if (audits.some(({ state }) => state !== null)) return
  const { rows } = await cast.trainer.training.credits({ year, limit: 200 })
  for (const { personId } of rows.filter((row) => chance(row.personId, 'objects') < 0.02)) {
    const teacher = await cast.teacher(personId)
    await cast.unlessSilent(async () => {
      const { entries } = await teacher.training.myCredits()
      if (entries.some(({ objection }) => objection)) return
      await teacher.training.object({
        entryId: entries[0]?.id ?? null,
        text: '与本人参训记录核对，学时与通知不一致，请核实。',
      })
      journal('object', personId)
    })
  }
  for (const { id, personId } of await cast.trainer.training.objections({ open: true })) {
    await cast.trainer.training.answerObjection({
      personId,
      objectionId: id,
      uphold: false,
      answer: '经核对签到与结业记录，学时认定无误。',
    })
  }
}

export async function audit({ cast, journal, year }: Stage): Promise<void> {
  const open = async (...states: (string | null)[]) =>
    (await cast.trainer.training.audits({ year })).filter(({ state }) => states.includes(state))
  await eachOf(await open(null), async ({ orgId }) => {
    const principal = await cast.principalOf(orgId)
    const confirmed = await cast.unlessSilent(() => principal.training.confirmCredits({ orgIds: [orgId], year }))
    if (confirmed) journal('confirm-credits', orgId)
  })
  await eachOf(await open('confirmed'), async ({ orgId }) => {
    await cast.trainer.training.drawSamples({ orgIds: [orgId], year })
    const waiting = (await cast.trainer.training.sample({ orgId, year }))
      .filter(({ result }) => result === null)
      .map(({ personId }) => personId)
    if (waiting.length > 0)
      await cast.trainer.training.checkSample({ year, personIds: waiting, result: 'sound', note: '' })
    await cast.trainer.training.finishChecks({ orgIds: [orgId], year })
    journal('check', orgId)
  })
  await cast.commission.training.lockYear({ year })
  journal('lock', String(year))
}

/** Circulars to every school; most acknowledge at once, all in the end. */
export async function findings({ cast, journal, planId }: Stage): Promise<void> {
  await cast.commission.training.issueCirculars({ planId })
  const open = (await cast.commission.training.circulars({ planId })).filter(
    ({ acknowledgedAt }) => acknowledgedAt === null,
  )
  await eachOf(open, async ({ id, orgId }) => {
    const clerk = await cast.clerkOf(orgId)
    const read = await cast.unlessSilent(() => clerk.training.acknowledge({ circularId: id, note: '' }))
    if (read) journal('acknowledge', id)
  })
}
