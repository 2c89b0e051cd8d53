/** Scorecards, circulars, the year at a glance. */
import { z } from 'zod'
import { command, decimal, id, query } from '../../../platform/access/contract.ts'
import { clause, indicator, ok, rate } from './shapes.ts'

export const findings = {
  scorecards: query('training.scorecard.read', 'Scorecards by school, each figure with its definition')
    .input(z.object({ planId: id }))
    .output(
      z.object({
        definitions: z.array(
          z.object({
            id: indicator,
            zh: z.string(),
            en: z.string(),
            definitionZh: z.string(),
            definitionEn: z.string(),
            clause,
          }),
        ),
        schools: z.array(
          z.object({
            orgId: id,
            orgName: z.string(),
            kind: z.string(),
            rates: z.array(rate),
            circular: z
              .object({
                issuedAt: z.string(),
                acknowledgedAt: z.string().nullable(),
                rates: z.array(rate).describe('As issued; the others are as of today'),
              })
              .nullable(),
          }),
        ),
      }),
    ),
  behind: query('training.scorecard.read', 'The people behind a figure, in scope')
    .input(z.object({ planId: id, orgId: id, indicator, met: z.coerce.boolean() }))
    .output(z.array(z.object({ personId: id, name: z.string(), number: z.string(), detail: z.string() }))),
  issueCirculars: command('training.circular.write', 'Issue the circular to every school')
    .input(z.object({ planId: id }))
    .output(z.object({ issued: z.number().int() })),
  circulars: query('training.circular.read', 'Circulars in scope')
    .input(z.object({ planId: id.optional() }))
    .output(
      z.array(
        z.object({
          id,
          planId: id,
          title: z.string(),
          titleEn: z.string(),
          orgId: id,
          orgName: z.string(),
          label: z.string(),
          issuedAt: z.string(),
          acknowledgedAt: z.string().nullable(),
          note: z.string().nullable(),
          rates: z.array(rate),
        }),
      ),
    ),
  circular: query('training.circular.read', 'A circular as PDF')
    .input(z.object({ circularId: id, locale: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .output(z.file()),
  acknowledge: command('training.circular.acknowledge', 'The school acknowledges the circular')
    .input(z.object({ circularId: id, note: z.string().max(500).default('') }))
    .output(ok),
  overview: query('training.scorecard.read', 'The year in figures and pictures')
    .input(z.object({ planId: id }))
    .output(
      z.object({
        places: z.number().int(),
        seated: z.number().int(),
        passed: z.number().int(),
        credits: decimal,
        teachers: z.number().int(),
        onPace: z.number().int(),
        byProject: z.array(
          z.object({
            projectId: id,
            name: z.string(),
            nameEn: z.string(),
            places: z.number().int(),
            seated: z.number().int(),
            passed: z.number().int(),
          }),
        ),
        byMonth: z.array(
          z.object({
            month: z.string(),
            sessions: z.number().int(),
            present: z.number().int(),
            expected: z.number().int(),
          }),
        ),
        audit: z.object({
          schools: z.number().int(),
          confirmed: z.number().int(),
          checked: z.number().int(),
          locked: z.number().int(),
        }),
        circulars: z.object({ issued: z.number().int(), acknowledged: z.number().int() }),
        openObjections: z.number().int(),
        openLeave: z.number().int(),
      }),
    ),
}
