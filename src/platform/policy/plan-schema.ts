/** The form of a yearly training plan in a pack. Who may take part is a rule of the training domain, which reads `target` itself. */
import { z } from 'zod'
import { authorityId, bilingual } from './pack-schema.ts'

const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/)
const clause = z.strictObject({ part: z.string().min(1), words: z.string().min(1).optional() })
const project = z.strictObject({ code, name: bilingual, aim: bilingual.optional(), clause })

/** What a plan may leave open; the pack then fills it with a default that the office may change. */
const ASSUMABLE = ['terms', 'starts', 'hours', 'creditKind', 'sessions', 'enrolment', 'target'] as const

const planClass = z
  .strictObject({
    code,
    project: code,
    name: bilingual,
    nature: z.enum(['class', 'activity']),
    places: z.number().int().positive().nullable().describe('Null where the plan gives no number'),
    terms: z.array(z.strictObject({ places: z.number().int().positive(), starts: z.iso.date() })),
    level: z.enum(['national', 'city', 'district', 'school']),
    creditKind: z.enum(['concentrated', 'online', 'practice', 'research', 'school_based', 'self_study']),
    hours: z.number().positive().nullable(),
    sessions: z.strictObject({ days: z.number().int().positive(), hoursPerDay: z.number().positive() }).nullable(),
    enrolment: z.enum(['delegated', 'open']),
    target: z.record(z.string(), z.unknown()).describe('Who it is for: read by the training domain'),
    clause,
    assumed: z.array(z.enum(ASSUMABLE)).describe('Fields that the document does not give'),
  })
  .superRefine((held, context) => {
    const complain = (field: string, message: string, zh: string) =>
      context.addIssue({ code: 'custom', message, params: { zh }, path: [field] })
    const inTerms = held.terms.reduce((sum, { places }) => sum + places, 0)
    if (held.places !== null && inTerms !== held.places)
      complain(
        'terms',
        `the terms hold ${inTerms} places, the class ${held.places}`,
        `各期人数合计 ${inTerms}，与计划人数 ${held.places} 不符`,
      )
    if (held.places === null && held.terms.length > 0)
      complain('terms', 'terms without a number of places', '计划未列人数，不应分期')
    if (held.sessions && held.hours !== held.sessions.days * held.sessions.hoursPerDay)
      complain('sessions', 'days times hours a day must give the hours', '天数乘以每天学时须等于总学时')
  })

export const PlanFile = z
  .strictObject({
    authority: authorityId,
    year: z.number().int().min(2000).max(2100),
    document: z.strictObject({
      title: z.string(),
      titleEn: z.string().optional(),
      number: z.string(),
      issuer: z.string(),
      date: z.iso.date(),
    }),
    projects: z.array(project).min(1),
    classes: z.array(planClass),
    measures: z.array(z.strictObject({ code, project: code, name: bilingual, clause })).default([]),
  })
  .superRefine((plan, context) => {
    const projects = new Set(plan.projects.map((held) => held.code))
    const seen = new Set<string>()
    for (const list of ['classes', 'measures'] as const) {
      for (const [index, held] of plan[list].entries()) {
        if (!projects.has(held.project))
          context.addIssue({
            code: 'custom',
            message: `unknown project ${held.project}`,
            params: { zh: `没有工程 ${held.project}` },
            path: [list, index, 'project'],
          })
        if (seen.has(held.code))
          context.addIssue({
            code: 'custom',
            message: `code used twice: ${held.code}`,
            params: { zh: `代码重复：${held.code}` },
            path: [list, index, 'code'],
          })
        seen.add(held.code)
      }
    }
  })

export type Plan = z.infer<typeof PlanFile>
export type PlanClass = Plan['classes'][number]
