/** Well-formed input about signed records. */
import { NOTHING, reason, type Samples } from './subjects.ts'

export const harmless = [
  'credentials.mine',
  'credentials.issue',
  'credentials.file',
  'credentials.keys',
  'credentials.replaceKey',
]

export const samples: Samples = {
  'credentials.mine': () => undefined,
  'credentials.issue': () => ({ source: 'records.title', subjectId: NOTHING }),
  'credentials.file': () => ({ id: NOTHING }),
  'credentials.keys': () => undefined,
  'credentials.replaceKey': () => ({ lost: false, reason }),
}
