/** An item as an Open Badges 3.0 credential, with no more of the person than the name, and the number where they want it; and as a picture. */
import { createHash } from 'node:crypto'
import type { Kind, Said } from './book.ts'
import type { Credential } from './sign.ts'

export const CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
]
const SCHEMA = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json'
/** AchievementType of Open Badges. */
const TYPES: Record<Kind, string> = {
  completion: 'CertificateOfCompletion',
  title: 'Certification',
  honour: 'Award',
  designation: 'Award',
}

export type Badge = {
  id: string
  did: string
  issuer: string
  holder: { name: string; number: string | null }
  kind: Kind
  said: Said
  status: { address: string; place: number }
}

export function badge({ id, did, issuer, holder, kind, said, status }: Badge): Credential {
  const { name, about, awarder, awardedOn, until, number } = said
  const identity = (identityHash: string, identityType: string) => ({
    type: 'IdentityObject',
    identityHash,
    identityType,
    hashed: false,
  })
  return {
    '@context': CONTEXTS,
    id: `urn:uuid:${id}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: name.zh,
    issuer: { id: did, type: ['Profile'], name: issuer },
    validFrom: `${awardedOn}T00:00:00+08:00`,
    ...(until ? { validUntil: `${until}T23:59:59+08:00` } : {}),
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [identity(holder.name, 'name'), ...(holder.number ? [identity(holder.number, 'identifier')] : [])],
      ...(number ? { licenseNumber: number } : {}),
      achievement: {
        id: nameBased(`${did} ${kind} ${name.zh} ${awarder ?? ''}`),
        type: ['Achievement'],
        achievementType: TYPES[kind],
        name: name.zh,
        description: about?.zh ?? name.zh,
        criteria: { narrative: about?.zh ?? name.zh },
        inLanguage: 'zh-CN',
        ...(awarder ? { creator: { id: nameBased(`${did} ${awarder}`), type: ['Profile'], name: awarder } } : {}),
      },
    },
    credentialStatus: {
      id: `${status.address}#${status.place}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(status.place),
      statusListCredential: status.address,
    },
    credentialSchema: { id: SCHEMA, type: '1EdTechJsonSchemaValidator2019' },
  }
}

/** The same name gives the same identifier (UUID version 8). */
export function nameBased(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return `urn:uuid:${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign]!)

/** A wide character counts twice. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (sign.codePointAt(0)! > 0x2e7f ? 2 : 1), 0)

/** At most three lines of so many half-wide characters; the last is cut short. */
function linesOf(text: string, most: number): string[] {
  const lines = ['']
  for (const sign of text) {
    if (widthOf(lines.at(-1)! + sign) <= most) lines[lines.length - 1] += sign
    else if (lines.length === 3) return [...lines.slice(0, 2), `${lines[2]!.slice(0, -1)}…`]
    else lines.push(sign)
  }
  return lines
}

/** A picture that carries the credential (Open Badges 3.0 §5.3.2): shown anywhere, checked by whoever reads it. */
export function baked(
  jwt: string,
  { name, issuer, day, title }: { name: string; issuer: string; day: string; title: string },
): string {
  const lines = linesOf(title, 20)
  const text = (y: number, size: number, fill: string, says: string, weight = 400) =>
    `<text x="240" y="${y}" font-size="${size}" fill="${fill}" font-weight="${weight}" text-anchor="middle">${escaped(says)}</text>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" viewBox="0 0 480 480" width="480" height="480" font-family="'Noto Serif SC','Source Han Serif SC','Songti SC',SimSun,serif" role="img" aria-label="${escaped(`${title} ${name}`)}">
<openbadges:credential verify="${jwt}"></openbadges:credential>
<rect width="480" height="480" rx="12" fill="#fbfaf7"/>
<rect x="18" y="18" width="444" height="444" rx="6" fill="none" stroke="#0f6a6c" stroke-width="3"/>
<rect x="26" y="26" width="428" height="428" rx="3" fill="none" stroke="#a5ccc9"/>
${text(92, 20, '#0f6a6c', name)}
<path d="M200 112h80" stroke="#c9c4b8"/>
${lines.map((line, at) => text(240 - (lines.length - 1) * 24 + at * 48, 38, '#1c2126', line, 700)).join('\n')}
${text(356, 18, '#495057', issuer)}
${text(384, 18, '#495057', day)}
<rect x="216" y="400" width="48" height="48" fill="none" stroke="#b93a20" stroke-width="2.5"/>
<path d="m226 424 10 10 18-20" fill="none" stroke="#b93a20" stroke-width="4"/>
</svg>
`
}
