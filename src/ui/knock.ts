/** Doors beside the API, which the browser is bound to by cookies of their own: asked like procedures, refused in the same words. */
import { askAgain } from './again.ts'

async function ask<T>(path: string, body: unknown): Promise<T> {
  const answer = await fetch(path, {
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  const data = await answer.json()
  if (!answer.ok) throw Object.assign(new Error(String(data.code)), { data, status: answer.status })
  return data as T
}

/** Asks; with a body it is an act, which may want to know first whether it is still the same person. */
export async function knock<T>(path: string, body?: unknown): Promise<T> {
  try {
    return await ask<T>(path, body)
  } catch (error) {
    const { code } = (error as { data?: { code?: string } }).data ?? {}
    if (code !== 'access.confirm_first' || !(await askAgain())) throw error
    return ask<T>(path, body)
  }
}

/** Leaves the pages of the product: to another system, or to a door of the server. */
export const leaveFor = (address: string): void => window.location.assign(address)
