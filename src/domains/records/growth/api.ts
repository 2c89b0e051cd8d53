/** Professional lives over the API. */
import { implement } from '@orpc/server'
import { refused } from '../../../base/errors.ts'
import { guard, type RequestContext } from '../../../platform/access/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { growthProcedures } from '../contract/growth.ts'
import { growthOf } from './entries.ts'
import { growthData, growthPaper } from './file.ts'

const os = implement(growthProcedures).$context<RequestContext>().use(guard())
const self = (act: Act): string => {
  if (!act.actor.person) throw refused('records.no_person')
  return act.actor.person
}

export const growthApi = {
  ownGrowth: os.ownGrowth.handler(({ context: { act } }) => growthOf(act, self(act))),
  growth: os.growth.handler(({ context: { act }, input }) => growthOf(act, input.personId)),
  ownGrowthFile: os.ownGrowthFile.handler(({ context: { act, house }, input }) =>
    growthData(act, house, self(act), input.as),
  ),
  ownGrowthPaper: os.ownGrowthPaper.handler(({ context: { act, house }, input }) =>
    growthPaper(act, house, self(act), input.locale),
  ),
}
