/** The public door of the register. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../access/index.ts'
import { documentsContract } from './contract.ts'
import { verifyDocument } from './public.ts'

const os = implement(documentsContract).$context<RequestContext>().use(guard())

export const documentsApi = os.router({
  verify: os.verify.handler(({ context, input }) => verifyDocument(context.act.tx, input.code)),
})
