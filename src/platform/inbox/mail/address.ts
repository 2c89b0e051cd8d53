/** Addresses as people type them, in the one form that is kept and sent to. */
import { domainToASCII } from 'node:url'
import { invalid } from '../../../base/errors.ts'

/** No spaces, quotes, brackets or control characters: nothing that could become a header or a second recipient. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/
const LONGEST = 254

/** @throws Refusal `inbox.bad_address` */
export function normalAddress(typed: string): string {
  const text = typed.normalize('NFKC').trim()
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = domainToASCII(text.slice(at + 1)).toLowerCase()
  if (at < 1 || local.length > 64 || text.length > LONGEST || !LOCAL.test(local) || !DOMAIN.test(domain))
    throw invalid('inbox.bad_address')
  return `${local}@${domain}`
}
