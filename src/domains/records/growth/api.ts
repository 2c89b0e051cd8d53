/** Professional lives over the API. */
import { implement } from '@orpc/server'
import { refused } from '../../../base/errors.ts'
import { guard, type RequestContext } from '../../../platform/access/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { noteLooks } from '../../../platform/privacy/index.ts'
import { growthProcedures } from '../contract/growth.ts'
import { figuresOf, growthOf } from './entries.ts'
import { growthData, growthPaper } from './file.ts'

const os = implement(growthProcedures).$context<RequestContext>().use(guard())
const self = (act: Act): string => {
  if (!act.actor.person) throw refused('records.no_person')
  return act.actor.person
}

const shown = async (act: Act, personId: string) => {
  const growth = await growthOf(act, personId)
  return { ...growth, figures: figuresOf(growth) }
}

export const growthApi = {
  ownGrowth: os.ownGrowth.handler(({ context: { act } }) => shown(act, self(act))),
  growth: os.growth.handler(async ({ context: { act, house, actor }, input }) => {
    const growth = await shown(act, input.personId)
    noteLooks(house, actor, act.permission, [input.personId], 'records.growth')
    return growth
  }),
  ownGrowthFile: os.ownGrowthFile.handler(({ context: { act, house }, input }) =>
    growthData(act, house, self(act), input.as),
  ),
  ownGrowthPaper: os.ownGrowthPaper.handler(({ context: { act, house }, input }) =>
    growthPaper(act, house, self(act), input.locale),
  ),
}
