/** Passkeys in this browser: whether there can be any, and the dialog of the browser itself. The library is loaded when it is used. */
import type { Assertion, Attestation } from '../../contract.ts'

type Asked = { challengeId: string; options: Record<string, unknown> }

/** Browsers offer them on a secure page with a name; a number is no name. */
export const passkeysWork = (): boolean =>
  globalThis.isSecureContext && 'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(location.hostname)

/** Undefined where the person let it be. */
export async function showPasskey({
  challengeId,
  options,
}: Asked): Promise<{ challengeId: string; response: Assertion } | undefined> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const response = await quietly(startAuthentication({ optionsJSON: options as never }))
  return response && { challengeId, response: response as unknown as Assertion }
}

export async function makePasskey({
  challengeId,
  options,
}: Asked): Promise<{ challengeId: string; response: Attestation } | undefined> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const response = await quietly(startRegistration({ optionsJSON: options as never }))
  return response && { challengeId, response: response as unknown as Attestation }
}

/** The browser throws where the person closes its dialog, or has no passkey here: that is an answer. */
const quietly = <R>(asked: Promise<R>): Promise<R | undefined> => asked.catch(() => undefined)
