/** Credentials over the API. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../access/index.ts'
import type { CredentialBook } from './book.ts'
import { credentialsContract } from './contract.ts'
import { keyDates } from './keys.ts'
import { fileOf, issue, mine, replaceKey } from './service.ts'

export const credentialsApi = (book: CredentialBook) => {
  const os = implement(credentialsContract).$context<RequestContext>().use(guard())
  return os.router({
    mine: os.mine.handler(({ context: { act } }) => mine(act, book)),
    issue: os.issue.handler(({ context: { act, house }, input }) => issue(act, house, book, input)),
    file: os.file.handler(({ context: { act }, input }) => fileOf(act, input)),
    keys: os.keys.handler(({ context: { act } }) => keyDates(act)),
    replaceKey: os.replaceKey.handler(({ context: { act, house }, input }) => replaceKey(act, house, input)),
  })
}
