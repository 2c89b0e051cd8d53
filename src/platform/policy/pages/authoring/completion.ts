/** What the editor offers while an expression is typed: names by their ids or by what they are called, in either language. Pure. */
import type { PolicyWords } from '../../contract.ts'

export type Offer = {
  label: string
  /** What is put in; a function comes with its bracket. */
  apply: string
  kind: 'fact' | 'parameter' | 'function'
  detail: string
  info: string
}

type Say = {
  text: (words: { zh: string; en: string }) => string
  type: (type: string) => string
  value: (value: unknown, unit: string) => string
  about: (name: string) => string
}

/** Everything that can be named, as it is offered. */
export function offersOf({ facts, parameters, functions }: PolicyWords, say: Say): Offer[] {
  return [
    ...facts.map(
      ({ id, title, type, ask }): Offer => ({
        label: id,
        apply: id,
        kind: 'fact',
        detail: say.text(title),
        info: `${say.type(type)} · ${say.text(ask)}`,
      }),
    ),
    ...parameters.map(
      ({ id, title, type, value, unit }): Offer => ({
        label: `param.${id}`,
        apply: `param.${id}`,
        kind: 'parameter',
        detail: say.text(title),
        info: `${say.type(type)}${value === undefined ? '' : ` · ${say.value(value, unit)}`}`,
      }),
    ),
    ...functions.map(
      ({ name, forms }): Offer => ({
        label: name,
        apply: `${name}(`,
        kind: 'function',
        detail: forms.map(({ takes, gives }) => `(${takes.map(say.type).join(', ')}) → ${say.type(gives)}`).join(' | '),
        info: say.about(name),
      }),
    ),
  ]
}

const MOST = 60

/** Those that fit what is typed: beginning with it, then a part beginning with it, then containing it. */
export function fitting(offers: readonly Offer[], typed: string): Offer[] {
  const wanted = typed.toLowerCase()
  const rank = ({ label, detail }: Offer): number => {
    const name = label.toLowerCase()
    if (name.startsWith(wanted)) return 0
    if (name.includes(`.${wanted}`) || name.includes(`_${wanted}`)) return 1
    if (name.includes(wanted) || detail.toLowerCase().includes(wanted)) return 2
    return 3
  }
  return offers
    .map((offer) => ({ offer, rank: rank(offer) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ offer }) => offer)
}
