/** Chance that is the same in every run: who is ill, who declines, whose telephone is flat. */
import { createHash } from 'node:crypto'

/** A number in [0, 1) for a question about somebody, for instance `chance(person, session, 'absent')`. */
export const chance = (...about: string[]): number =>
  createHash('sha256').update(about.join('|')).digest().readUInt32BE(0) / 2 ** 32
