/** Policy on paper: one person's explanation, and the rule book. */
import { z } from 'zod'
import { civilDate, id, query } from '../../access/contract.ts'
import { changes, knownOn } from './explain.ts'

const locale = z.enum(['zh-CN', 'en'])

export const printProcedures = {
  printExplanation: query('policy.explain', 'Why a person or school meets a requirement set or does not, as .pdf')
    .route({ method: 'POST' })
    .input(
      z
        .object({
          set: z.string().max(120).describe('Id of the requirement set'),
          personId: id.optional(),
          orgId: id.optional().describe('Instead of a person, for sets about organisations'),
          asOf: civilDate.optional().describe('The day judged; today when absent'),
          knownOn: knownOn.optional(),
          given: z.record(z.string().max(120), z.unknown()).optional().describe('Stated by the person'),
          draftId: id.optional().describe('A draft in the place of what is in force'),
          changes: changes.optional(),
          changedAt: id.optional(),
          decisionId: id.optional().describe('Instead of judging a person now: the decision as it stood'),
          locale,
        })
        .refine(
          ({ personId, orgId }) => (personId === undefined) !== (orgId === undefined),
          'one of personId and orgId',
        )
        .refine(({ orgId, decisionId }) => orgId === undefined || decisionId === undefined, 'decisions are on people'),
    )
    .output(z.file()),
  printRules: query('policy.read', 'The rule book as .pdf: text and rule side by side, by chapter')
    .route({ method: 'POST' })
    .input(
      z.object({
        authority: z.string().max(64).optional(),
        orgId: id.optional().describe('Instead of the authority: the organisation they hold for'),
        asOf: civilDate.optional(),
        domain: z.string().max(60).optional().describe('Only this domain: the first part of the ids'),
        set: z.string().max(120).optional().describe('Only this requirement set'),
        locale,
      }),
    )
    .output(z.file()),
}
