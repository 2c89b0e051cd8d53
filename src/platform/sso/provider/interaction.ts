/** Between a platform's question and our answer: sign in, say who one is once more, and see what the platform will learn. */
import type { IncomingMessage } from 'node:http'
import { sql } from 'kysely'
import type Provider from 'oidc-provider'
import { Refusal } from '../../../base/errors.ts'
import { actFor, actorOfAccount, type House } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import type { ClaimBook } from '../claims.ts'
import type { Asked } from '../contract.ts'
import { keepConsent } from './consent.ts'
import { COOKIES, cookieOf, type Joined, join } from './session.ts'

type Interaction = InstanceType<Provider['Interaction']>
type Platform = {
  id: string
  name: string
  nameEn: string | null
  icon: string
  colour: string
  operator: string
  purpose: string
  basis: 'duty' | 'consent'
  basisText: string
  orgPath: string
  orgName: string
}

/** What a fresh sign-in was asked for with. */
const ANEW = ['login_prompt', 'max_age', 'id_token_hint', 'claims_id_token_sub_value']

/** The interaction of this browser, or nothing where it is over or another browser's. */
async function interactionOf(
  provider: Provider,
  request: IncomingMessage,
  uid: string,
): Promise<Interaction | undefined> {
  return cookieOf(request, COOKIES.interaction) === uid ? provider.Interaction.find(uid) : undefined
}

/** What is to be done next; what needs nobody is done on the way. */
export async function asked(
  house: House,
  book: ClaimBook,
  provider: Provider,
  request: IncomingMessage,
  uid: string,
): Promise<Asked> {
  const joined = await join(house.db, request)
  const interaction = await interactionOf(provider, request, uid)
  if (!interaction) return { step: 'lost' }
  if (!joined) return { step: 'sign_in' }
  if (joined.held) return { step: 'held' }
  if (interaction.prompt.name === 'login') return afterSignIn(interaction, joined)
  if (interaction.session?.accountId !== joined.accountId) return { step: 'lost' }
  const [actor, platform] = await whoAndWhere(house, joined, interaction)
  if (!actor || !platform) return { step: 'lost' }
  const scopes = missing(interaction)
  const { orgPath: _, id: __, ...shown } = platform
  const gets = await book.shownTo(house, actor, scopes)
  return { step: 'ask', platform: shown, gets, offline: scopes.includes('offline_access') }
}

const whoAndWhere = (house: House, { accountId }: Joined, { params }: Interaction) =>
  Promise.all([actorOfAccount(house.db, accountId), platformOf(house, String(params.client_id))])

async function afterSignIn(interaction: Interaction, { accountId, payload }: Joined): Promise<Asked> {
  const since = Number(payload?.loginTs ?? 0)
  if (interaction.prompt.reasons.some((reason) => ANEW.includes(reason)) && since < interaction.iat!)
    return { step: 'again' }
  // Who signed in anew may have done so in another session.
  delete interaction.session
  interaction.result = { login: { accountId, ts: since, ...(payload?.amr ? { amr: payload.amr as string[] } : {}) } }
  await interaction.persist()
  return { step: 'over', to: interaction.returnTo }
}

const missing = ({ prompt }: Interaction): string[] =>
  ((prompt.details.missingOIDCScope as string[] | undefined) ?? []).filter((scope) => scope !== 'openid')

/** The person's answer. @throws Refusal `sso.question_over` */
export async function answer(
  house: House,
  provider: Provider,
  request: IncomingMessage,
  uid: string,
  allowed: boolean,
): Promise<{ to: string }> {
  const joined = await join(house.db, request)
  const interaction = await interactionOf(provider, request, uid)
  if (!interaction || !joined || joined.held) throw new Refusal('conflict', 'sso.question_over')
  if (!allowed) {
    interaction.result = { error: 'access_denied', error_description: 'refused by the person' }
    await interaction.persist()
    return { to: interaction.returnTo }
  }
  const [actor, platform] = await whoAndWhere(house, joined, interaction)
  if (
    interaction.prompt.name !== 'consent' ||
    interaction.session?.accountId !== joined.accountId ||
    !actor ||
    !platform
  )
    throw new Refusal('conflict', 'sso.question_over')
  const held = interaction.grantId ? await provider.Grant.find(interaction.grantId) : undefined
  const grant =
    held ?? new provider.Grant({ accountId: joined.accountId, clientId: String(interaction.params.client_id) })
  const asked = missing(interaction)
  grant.addOIDCScope(['openid', ...asked].join(' '))
  const scopes = grant
    .getOIDCScope()
    .split(' ')
    .filter((scope) => scope !== 'openid')
  await actFor(house, actor, 'self', async (act) => {
    await keepConsent(act, joined.accountId, platform.id, scopes)
    await record(act, {
      action: 'sso.consent_given',
      subject: { kind: 'platform', id: platform.id },
      ...(actor.person ? { about: actor.person } : {}),
      orgPath: platform.orgPath,
      after: { scopes, basis: platform.basis },
    })
  })
  interaction.result = { ...interaction.lastSubmission, consent: { grantId: await grant.save() } }
  await interaction.persist()
  return { to: interaction.returnTo }
}

async function platformOf({ db }: House, clientId: string): Promise<Platform | undefined> {
  const { rows } =
    await sql<Platform>`select p.id, p.name, p.name_en, p.icon, p.colour, p.operator, p.purpose, p.basis, p.basis_text, p.org_path::text, o.short_name as org_name
    from sso.platform p join directory.organisation o on o.id = p.org_id where p.client_id = ${clientId} and p.state = 'active'`.execute(
      db,
    )
  return rows[0]
}
