/** Objections, credits of many, the yearly audit. */
import { z } from 'zod'
import { command, decimal, id, page, paging, query } from '../../../platform/access/contract.ts'
import { creditOrder } from './orders.ts'
import { entry, locale, ok, people, reason, remedy, schoolsYear, schoolYear } from './shapes.ts'

const standings = creditOrder.extend({
  orgId: id.optional(),
  year: z.coerce.number().int(),
  short: z.coerce.boolean().default(false),
  search: z.string().max(40).optional(),
})

export const credits = {
  objections: query('training.objection.answer', 'Objections, in scope')
    .input(z.object({ open: z.coerce.boolean().default(true) }))
    .output(
      z.array(
        z.object({
          id,
          personId: id,
          name: z.string(),
          orgName: z.string(),
          text: z.string(),
          state: z.string(),
          raisedAt: z.string(),
          dueOn: z.string(),
          year: z.number().int(),
          sealed: z.boolean().describe('The year takes counter-entries only'),
          openYear: z.number().int().describe('The first year that takes entries'),
          remedy: z.string().nullable(),
          answer: z.string().nullable(),
          entry: z
            .object({
              id,
              title: z.string(),
              titleEn: z.string(),
              kind: z.string(),
              level: z.string(),
              hours: decimal,
              credits: decimal,
              occurredOn: z.string(),
              certificate: z.string().nullable().describe('Number of the certificate that rests on it'),
            })
            .nullable(),
        }),
      ),
    ),
  answerObjection: command(
    'training.objection.answer',
    'Answer an objection; an upheld one says what becomes of the entry',
  )
    .input(z.object({ personId: id, objectionId: id, uphold: z.boolean(), answer: reason, remedy: remedy.optional() }))
    .output(
      z.object({
        entered: z.object({ id, creditYear: z.number().int(), hours: decimal, credits: decimal }).nullable(),
      }),
    ),
  credits: query('training.credit.read', 'Credits of people in scope')
    .input(standings.extend(paging.shape))
    .output(
      page(
        z.object({
          personId: id,
          name: z.string(),
          number: z.string(),
          orgName: z.string(),
          year: decimal,
          cycle: decimal,
          fromDistrict: decimal.nullable().describe('Null where no least figure is set for it'),
          missing: decimal,
          onPace: z.boolean(),
        }),
      ),
    ),
  exportCredits: query('training.credit.read', 'Credits of people in scope as .xlsx')
    .input(standings.extend({ locale }))
    .output(z.file()),
  audits: query('training.credit.read', 'The yearly audit by school')
    .input(z.object({ year: z.coerce.number().int() }))
    .output(
      z.array(
        z.object({
          orgId: id,
          orgName: z.string(),
          state: z.string().nullable(),
          teachers: z.number().int(),
          compliant: z.number().int(),
          entries: z.number().int(),
          credits: decimal,
          openObjections: z.number().int(),
          sampled: z.number().int(),
          checked: z.number().int(),
          faults: z.number().int(),
          lockedAt: z.string().nullable(),
          seal: z.string().nullable(),
          sealedCredits: decimal
            .nullable()
            .describe('Total of the lock; counter-entries that came later are not in it'),
        }),
      ),
    ),
  takeBackEntry: command('training.audit.check', 'Take an entry back by a counter-entry with a reason')
    .input(z.object({ personId: id, entryId: id, reason }))
    .output(ok),
  confirmCredits: command('training.audit.confirm', 'Schools confirm their credits of a year')
    .input(schoolsYear)
    .output(z.object({ confirmed: z.number().int() })),
  drawSamples: command('training.audit.check', 'Draw the samples of schools by rule, and add people by hand')
    .input(schoolsYear.extend({ personIds: z.array(id).max(500).default([]) }))
    .output(z.object({ drawn: z.number().int() })),
  sample: query('training.audit.check', 'The sample of a school')
    .input(schoolYear)
    .output(
      z.array(
        z.object({
          personId: id,
          name: z.string(),
          number: z.string(),
          drawn: z.string(),
          result: z.string().nullable(),
          note: z.string().nullable(),
          entries: z.array(
            entry.pick({
              id: true,
              title: true,
              kind: true,
              level: true,
              hours: true,
              credits: true,
              occurredOn: true,
              titleEn: true,
              counterOf: true,
              countered: true,
            }),
          ),
        }),
      ),
    ),
  checkSample: command('training.audit.check', 'Record what the check of sampled people found')
    .input(
      z.object({
        year: z.number().int(),
        personIds: people,
        result: z.enum(['sound', 'fault']),
        note: z.string().max(500).default(''),
      }),
    )
    .output(z.object({ checked: z.number().int() })),
  finishChecks: command('training.audit.check', 'Finish the check of schools')
    .input(schoolsYear)
    .output(z.object({ finished: z.number().int() })),
  lockYear: command('training.audit.lock', 'Lock checked schools with a sealed total')
    .input(z.object({ year: z.number().int() }))
    .output(z.object({ locked: z.number().int() })),
}
