/** The doors beside the API, which the browser is bound to by a cookie of their own. */

/** @throws Error with the refusal in `data`, as calls of the API do */
export async function knock<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`/oidc/${path}`, {
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  const data = await answer.json()
  if (!answer.ok) throw Object.assign(new Error(String(data.code)), { data, status: answer.status })
  return data as T
}

/** Leaves the pages of the product for good: to the platform, or to a door of the server. */
export const leaveFor = (address: string): void => window.location.assign(address)
