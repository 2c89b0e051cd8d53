/** A credential has the form that Open Badges 3.0 (AchievementCredential, appendix on JSON Schema) and the data model of the W3C ask for. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { badge } from './badge.ts'
import type { Kind } from './book.ts'

/** Written from the standard: what is required, of which type, and the words of its enumerations that we use. Nothing else may stand there. */
const uri = z.string().regex(/^[a-z][a-z0-9+.-]*:\S+$/i)
const types = (...must: string[]) =>
  z.array(z.string()).refine((all) => must.every((type) => all.includes(type)), { message: must.join(', ') })
const profile = z.strictObject({ id: uri, type: types('Profile'), name: z.string().min(1) })
const time = z.iso.datetime({ offset: true })
const form = z.strictObject({
  '@context': z
    .tuple([z.literal('https://www.w3.org/ns/credentials/v2')], z.string())
    .refine(([, second]) =>
      /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$/.test(second!),
    ),
  id: uri,
  type: types('VerifiableCredential', 'OpenBadgeCredential'),
  name: z.string().min(1),
  issuer: profile,
  validFrom: time,
  validUntil: time.optional(),
  credentialSubject: z.strictObject({
    type: types('AchievementSubject'),
    identifier: z.array(
      z.strictObject({
        type: z.literal('IdentityObject'),
        identityHash: z.string().min(1),
        identityType: z.enum(['name', 'identifier']),
        hashed: z.boolean(),
      }),
    ),
    licenseNumber: z.string().min(1).optional(),
    achievement: z.strictObject({
      id: uri,
      type: types('Achievement'),
      achievementType: z.enum(['CertificateOfCompletion', 'Certification', 'Award']),
      name: z.string().min(1),
      description: z.string().min(1),
      criteria: z.strictObject({ narrative: z.string().min(1) }),
      inLanguage: z.string().regex(/^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/),
      creator: profile.optional(),
    }),
  }),
  credentialStatus: z.strictObject({
    id: uri,
    type: z.literal('BitstringStatusListEntry'),
    statusPurpose: z.literal('revocation'),
    statusListIndex: z.string().regex(/^\d+$/),
    statusListCredential: z.url(),
  }),
  credentialSchema: z.strictObject({ id: z.url(), type: z.literal('1EdTechJsonSchemaValidator2019') }),
})

const most = {
  id: '01890000-0000-7000-8000-000000000000',
  did: 'did:web:jiaoshi.example.cn',
  issuer: '某市教育委员会',
  holder: { name: '张䶮', number: 'T00001' },
  said: {
    name: { zh: '区骨干教师', en: 'District backbone teacher' },
    about: { zh: '任期三年', en: 'For three years' },
    awarder: '某区教育委员会',
    awardedOn: '2022-09-10',
    until: '2025-09-09',
    number: '证〔2022〕1号',
  },
  status: { address: 'https://jiaoshi.example.cn/credentials/status/1', place: 0 },
}
const least = {
  ...most,
  holder: { name: '张三', number: null },
  said: { ...most.said, about: null, awarder: null, until: null, number: null },
}

describe.each<Kind>(['completion', 'title', 'honour', 'designation'])('of a %s', (kind) => {
  it.each([
    ['with everything', most],
    ['with as little as there is', least],
  ])('%s', (_what, said) => {
    const made = JSON.parse(JSON.stringify(badge({ ...said, kind })))
    expect(form.safeParse(made).error?.issues ?? []).toEqual([])
  })
})

it('the form is not content with less', () => {
  const { issuer: _, ...nameless } = JSON.parse(JSON.stringify(badge({ ...most, kind: 'honour' })))
  expect(form.safeParse(nameless).success).toBe(false)
})
