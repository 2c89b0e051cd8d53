/** The cipher door: sealing texts that must not stand in the database in clear, and sealing them anew. */
export { choose, hearChosen, withChosen } from './chosen.ts'
export {
  FRAME,
  frameOpener,
  frameSealer,
  isCurrentHead,
  type Measure,
  measureOf,
  OPENING,
} from './frames.ts'
export { maskMail, maskPhone, maskTail } from './mask.ts'
export { blindWaiting, type Kept, type Resealed, reblind, reseal, type Watch, waiting } from './reseal.ts'
export { type Before, type Choice, type Chosen, type Keys, type Sealer, sealer } from './sealer.ts'
export { SUITES, type SuiteName, Tampered } from './suites.ts'
