/** What anybody may fetch, from any origin: the keys, the issuer's document, the lists of revoked credentials. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { House } from '../access/index.ts'
import { publishedKeys } from './keys.ts'
import { didDocument, keySet } from './sign.ts'
import { statusList } from './status.ts'

const config = { rateLimit: { max: 600, timeWindow: '1 minute' }, withoutCookie: true }
const open = (reply: FastifyReply, seconds: number): FastifyReply =>
  reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('cache-control', `public, max-age=${seconds}`)

export async function credentialRoutes(app: FastifyInstance, house: House): Promise<void> {
  app.get('/.well-known/jwks.json', { config }, async (_request, reply) =>
    open(reply, 300).send(keySet(house, await publishedKeys(house))),
  )
  app.get('/.well-known/did.json', { config }, async (_request, reply) =>
    open(reply, 300).send(didDocument(house, await publishedKeys(house))),
  )
  app.get<{ Params: { list: string } }>('/credentials/status/:list', { config }, async ({ params }, reply) => {
    const list = /^[1-9]\d{0,5}$/.test(params.list) ? await statusList(house, Number(params.list)) : undefined
    if (list === undefined) return reply.code(404).send({ kind: 'not_found', code: 'not_found' })
    return open(reply, 60).type('application/vc+jwt').send(list)
  })
}
