/** Duties of whoever handles personal data: assessments of impact, and what is done when data leaked. */
import { z } from 'zod'
import { civilDate, command, id, query } from '../../access/contract.ts'

/** The cases of 个人信息保护法 55. */
export const GROUNDS = ['sensitive', 'automated', 'entrusted', 'abroad', 'other'] as const
export const VERDICTS = ['go', 'conditions', 'stop'] as const

const words = z.string().trim().min(4).max(2000)
const title = z.string().trim().min(4).max(100)
/** The three contents of article 56. */
const assessed = {
  title,
  grounds: z.array(z.enum(GROUNDS)).min(1).max(GROUNDS.length),
  lawful: words,
  risks: words,
  measures: words,
  verdict: z.enum(VERDICTS),
}
const assessment = z.object({
  id,
  orgName: z.string(),
  ...assessed,
  assessedOn: z.string(),
  keepUntil: z.string(),
  byName: z.string(),
})
export type Assessment = z.infer<typeof assessment>

/** The contents of article 57, for the authority and for people. */
const said = {
  title,
  kinds: words,
  causes: words,
  harm: words,
  measures: words,
  advice: words,
  contact: z.string().trim().min(4).max(300),
}
const incident = z.object({
  id,
  orgName: z.string(),
  ...said,
  foundAt: z.string(),
  authority: z.string().nullable(),
  authorityAt: z.string().nullable(),
  untoldWhy: z.string().nullable(),
  toldAt: z.string().nullable(),
  people: z.number().int(),
  byName: z.string(),
})
export type Incident = z.infer<typeof incident>
const ownIncident = z.object({ id, orgName: z.string(), ...said, foundAt: z.string(), toldAt: z.string() })
export type OwnIncident = z.infer<typeof ownIncident>

const one = z.object({ incidentId: id })

export const dutyProcedures = {
  assessments: query('privacy.duty.read', 'Assessments of impact on personal data in scope, the latest first').output(
    z.object({
      rows: z.array(assessment),
      /** Months for which they are kept at least, and the clause. */
      months: z.number().int(),
      clause: z.string().nullable(),
    }),
  ),
  keepAssessment: command('privacy.duty.write', 'Keep an assessment of impact; it is never changed afterwards')
    .input(z.object({ orgId: id, ...assessed, assessedOn: civilDate }))
    .output(z.object({ id, keepUntil: z.string() })),
  incidents: query(
    'privacy.duty.read',
    'Leaks, alterations and losses of personal data in scope, the latest first',
  ).output(z.array(incident)),
  keepIncident: command('privacy.duty.write', 'Enter a leak, alteration or loss; the offices are told at once')
    .input(z.object({ orgId: id, ...said, foundAt: z.iso.datetime({ offset: true }) }))
    .output(z.object({ id })),
  noteAuthority: command('privacy.duty.write', 'Note which authority was told, and when')
    .input(one.extend({ authority: z.string().trim().min(2).max(100), at: z.iso.datetime({ offset: true }) }))
    .output(z.object({})),
  tellAffected: command(
    'privacy.duty.write',
    'Tell those whom it concerns: everybody of an organisation, or by number',
    {
      fresh: true,
    },
  )
    .input(
      one.extend({ orgId: id.optional(), numbers: z.array(z.string().trim().min(1).max(32)).max(5000).optional() }),
    )
    .output(z.object({ told: z.number().int(), unknown: z.array(z.string()) })),
  leaveUntold: command('privacy.duty.write', 'Note why people need not be told: what was done keeps harm from them')
    .input(one.extend({ why: words }))
    .output(z.object({})),
  ownIncidents: query('self', 'Leaks, alterations and losses that concern oneself').output(z.array(ownIncident)),
}
