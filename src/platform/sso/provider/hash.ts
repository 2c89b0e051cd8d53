/** What stands in the database in the place of what a bearer holds. */
import { createHash } from 'node:crypto'

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
