/** Checks a credential with the published keys alone: with `--key` without any connection, else with what its issuer publishes. */
import { readFile } from 'node:fs/promises'
import { invalid } from '../../base/errors.ts'
import { issuerOf, keysIn, statusAddress, type Verdict, verifyCredential } from '../../platform/credentials/index.ts'
import { sentence } from '../say.ts'

type Options = { json?: boolean; key?: string; status?: string }

export async function run(options: Options, path: string): Promise<Verdict> {
  const file = await readFile(path, 'utf8')
  const keys = keysIn(await (options.key ? readFile(options.key, 'utf8') : published(documentOf(file))))
  if (keys.length === 0) throw invalid('server.credential_no_keys')
  const verdict = await verifyCredential(file, { keys, status: await statusFor(file, options), at: new Date() })
  if (!options.json) process.stdout.write(`${words(verdict).join('\n')}\n`)
  if (verdict.state !== 'holds') process.exitCode = 1
  return verdict
}

/** With a key of one's own nothing is asked of anybody. */
async function statusFor(file: string, { key, status }: Options): Promise<string | undefined> {
  if (status) return readFile(status, 'utf8')
  const address = statusAddress(file)
  return key || !address ? undefined : published(address).catch(() => undefined)
}

/** Where did:web has the issuer's document. @throws Refusal `server.credential_issuer` */
function documentOf(file: string): string {
  const host = /^did:web:([\w.%-]+)$/.exec(issuerOf(file) ?? '')?.[1]
  if (!host) throw invalid('server.credential_issuer')
  const named = decodeURIComponent(host)
  const scheme = /^(localhost|127\.0\.0\.1)(:|$)/.test(named) ? 'http' : 'https'
  return `${scheme}://${named}/.well-known/did.json`
}

async function published(address: string): Promise<string> {
  const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(20_000) }).catch(() => undefined)
  if (!answer?.ok) throw invalid('server.credential_unreachable', { address })
  return answer.text()
}

function words(verdict: Verdict): string[] {
  const first = sentence(`server.credential_${verdict.state}`)
  if (!('claims' in verdict)) return [first]
  const { claims, status, kid } = verdict
  const subject = claims.credentialSubject as
    | { identifier?: { identityHash: string }[]; achievement?: { name?: string }; holder?: { name?: string } }
    | undefined
  const name = subject?.identifier?.[0]?.identityHash ?? subject?.holder?.name ?? ''
  const what = subject?.achievement?.name ?? String(claims.name ?? '')
  const issuer = (claims.issuer as { name?: string; id?: string } | undefined)?.name ?? String(claims.iss ?? '')
  return [
    first,
    sentence('server.credential_says', { name, what, issuer, from: String(claims.validFrom).slice(0, 10), key: kid }),
    ...(status === 'unchecked' ? [sentence('server.credential_unchecked')] : []),
  ]
}
