/** Sealing texts for one purpose: opened again whatever suite and version of the key they were sealed under, found again by a keyed hash. */
import { SUITES, type SuiteName, Tampered } from './suites.ts'

/** What new things are made under. */
export type Choice = { suite: SuiteName; version: number }
export type Chosen = { seal: Choice; blind: Choice }

/** Derives 32 bytes for one purpose from the installation's master key; knows what has been chosen where an installation has chosen. */
export type Keys = ((purpose: string) => Buffer) & { readonly chosen?: Chosen }

export const FIRST: Choice = { suite: 'aes', version: 1 }

export type Sealer = {
  /** @param bound what the sealed text belongs to, such as the id of its row: it opens nowhere else */
  seal(text: string, bound?: string): Buffer
  /** The text in clear. @throws Tampered */
  open(sealed: Buffer, bound?: string): string
  /** Equal texts give equal hashes; without the key a hash says nothing. Bring the text into one form first. */
  blind(text: string): Buffer
  /** Whether it was sealed under what is chosen now; else the re-encryption has yet to come to it. */
  isCurrent(sealed: Buffer): boolean
}

/** Head of what is sealed: layout, suite, version of the key (two bytes). */
const LAYOUT = 2
const HEAD = 4
/** Before there were suites: one byte of version, which was authenticated, then AES-256-GCM. */
const OLD_LAYOUT = 1

/** How texts of a purpose were sealed before there were suites: under which key, and whether what they were bound to was authenticated. */
export type Before = { key: string; bound: boolean }

/**
 * @param keys the house's keys (`house.key`)
 * @param purpose what kind of text it is, with the module in front: `contact.phone`. What was sealed for one purpose opens for no other
 */
export function sealer(
  keys: Keys,
  purpose: string,
  before: Before = { key: `${purpose}-cipher`, bound: false },
): Sealer {
  const chosen = (): Chosen => keys.chosen ?? { seal: FIRST, blind: FIRST }
  return {
    seal: (text, bound = '') => {
      const { seal } = chosen()
      const head = headOf(seal)
      const key = keys(keyName(`${purpose}-cipher`, seal))
      return Buffer.concat([
        head,
        SUITES[seal.suite].seal(key, Buffer.from(text), Buffer.concat([head, Buffer.from(bound)])),
      ])
    },
    open: (sealed, bound = '') => {
      if (sealed[0] === OLD_LAYOUT) {
        const told = Buffer.concat([sealed.subarray(0, 1), Buffer.from(before.bound ? bound : '')])
        return SUITES.aes.open(keys(before.key), sealed.subarray(1), told).toString('utf8')
      }
      const head = sealed.subarray(0, HEAD)
      const made = choiceIn(head)
      const key = keys(keyName(`${purpose}-cipher`, made))
      return SUITES[made.suite]
        .open(key, sealed.subarray(HEAD), Buffer.concat([head, Buffer.from(bound)]))
        .toString('utf8')
    },
    blind: (text) => {
      const { blind } = chosen()
      const mac = SUITES[blind.suite].mac(keys(keyName(`${purpose}-hash`, blind)), Buffer.from(text))
      return isFirst(blind) ? mac : Buffer.concat([headOf(blind), mac])
    },
    isCurrent: (sealed) => sealed.subarray(0, HEAD).equals(headOf(chosen().seal)),
  }
}

const isFirst = ({ suite, version }: Choice): boolean => suite === FIRST.suite && version === FIRST.version

/** The first key keeps the name it had before there were others. */
export const keyName = (of: string, choice: Choice): string =>
  isFirst(choice) ? of : `${of}.${choice.suite}.${choice.version}`

export function headOf({ suite, version }: Choice): Buffer {
  const head = Buffer.from([LAYOUT, SUITES[suite].id, 0, 0])
  head.writeUInt16BE(version, 2)
  return head
}

export function choiceIn(head: Buffer): Choice {
  const suite = (Object.keys(SUITES) as SuiteName[]).find((name) => SUITES[name].id === head[1])
  if (head.length < HEAD || head[0] !== LAYOUT || !suite) throw new Tampered('nothing that was sealed here')
  return { suite, version: head.readUInt16BE(2) }
}
