/** Well-formed input about papers. */
import type { Samples } from './subjects.ts'

export const harmless = ['documents.verify']

export const samples: Samples = {
  'documents.verify': (_world, { verifyCode }) => ({ code: verifyCode }),
}
