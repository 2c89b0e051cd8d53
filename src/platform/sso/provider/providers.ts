/** The provider of this process: built once, and again when its keys have turned or the product has moved to another address. */
import type Provider from 'oidc-provider'
import type { House } from '../../access/index.ts'
import type { ClaimBook } from '../claims.ts'
import { keysOf } from '../keys/keys.ts'
import { buildProvider } from './build.ts'
import { overSession } from './over-session.ts'

/** Keys are published days before they sign, so a process may learn of them this late. */
const LOOK_EVERY_MS = 30_000

type Built = { provider: Provider; mark: string; looked: number }

export class Providers {
  readonly #house: House
  readonly #book: ClaimBook
  readonly #onSignOut: () => void
  #built: Built | undefined
  #building: Promise<Provider> | undefined

  constructor(house: House, book: ClaimBook, onSignOut: () => void) {
    this.#house = house
    this.#book = book
    this.#onSignOut = onSignOut
  }

  async current(): Promise<Provider> {
    const built = this.#built
    if (built && Date.now() - built.looked < LOOK_EVERY_MS && built.mark.startsWith(this.#house.settings.publicUrl))
      return built.provider
    this.#building ??= this.#look().finally(() => {
      this.#building = undefined
    })
    return this.#building
  }

  /** Looks at the keys again with the next request. */
  lookAgain(): void {
    if (this.#built) this.#built.looked = 0
  }

  async #look(): Promise<Provider> {
    const { keys, mark: kids } = await keysOf(this.#house)
    const mark = `${this.#house.settings.publicUrl} ${kids}`
    const provider = this.#built?.mark === mark ? this.#built.provider : this.#build(keys)
    this.#built = { provider, mark, looked: Date.now() }
    return provider
  }

  #build(keys: Parameters<typeof buildProvider>[2]): Provider {
    const provider = buildProvider(this.#house, this.#book, keys)
    provider.use(overSession(this.#house, this.#onSignOut))
    return provider
  }
}
