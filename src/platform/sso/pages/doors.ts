/** The doors beside the API, which the browser is bound to by a cookie of their own. */
import { knock as at } from '../../../ui/knock.ts'

export { leaveFor } from '../../../ui/knock.ts'

/** @throws Error with the refusal in `data`, as calls of the API do */
export const knock = <T>(path: string, body?: unknown): Promise<T> => at<T>(`/oidc/${path}`, body)
