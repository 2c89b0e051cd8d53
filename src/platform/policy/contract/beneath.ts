/** What lower authorities say for themselves beneath a draft. */
import { z } from 'zod'
import { civilDate } from '../../access/contract.ts'
import { bilingual, clause, confidence } from './words.ts'

/** What an authority below says for itself, so that it stands over the draft there. */
const own = { authority: z.string(), authorityName: bilingual, id: z.string(), title: bilingual, from: civilDate }
export const beneath = z.object({
  figures: z.array(
    z.object({
      ...own,
      unit: z.string(),
      value: z.unknown(),
      clause: clause.nullable(),
      confidence,
      /** What the draft's authority leaves open, `raise`, `lower` or `fixed`, where the figure would not keep to it; null where it would. */
      breaks: z.string().nullable(),
    }),
  ),
  sets: z.array(
    z.object({
      ...own,
      /** What permits it; else that of the first condition which has one. */
      clause: clause.nullable(),
      confidence,
      /** Conditions in which it would no longer be provably as strict (`applies`: whom it is about). */
      loosened: z.array(bilingual),
    }),
  ),
})
