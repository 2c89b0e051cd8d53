/** The name by which a platform knows somebody: the same wherever the platform moves, and another at every other one. */
import { createHmac } from 'node:crypto'
import type { House } from '../../access/index.ts'

export const pairwiseOf = ({ key }: Pick<House, 'key'>, platformId: string, accountId: string): string =>
  createHmac('sha256', key('sso-pairwise')).update(`${platformId} ${accountId}`).digest('base64url')
