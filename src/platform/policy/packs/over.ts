/** What a pack does over those above it: figures that are not its to change, rules that are not provably as strict, and exceptions that contradict. */
import type { FactBook } from '../facts.ts'
import { contradictions, looser } from '../requirements/over.ts'
import { placesIn } from '../requirements/read.ts'
import { Rules } from '../requirements/rules.ts'
import { brokenBelow, canBeRaised } from '../rules/below.ts'
import { plain, type Value } from '../rules/expression/value.ts'
import type { Condition } from '../rules/requirements/declared.ts'
import type { Problem } from '../yaml-file.ts'
import { parametersOf } from './chain.ts'
import { type Draft, type Placed, problem } from './pack.ts'

/** Figures against what the authorities above leave open. A permission with its clause is taken as it is. */
export function checkFigures(draft: Draft, chain: readonly Draft[], problems: Problem[]): void {
  for (const { item, at } of draft.parameters) {
    if ((item.below === 'raise' || item.below === 'lower') && !canBeRaised(item.unit))
      problems.push(
        problem(
          at(['below']),
          item.id,
          '此类取值没有高低之分，只能写 free 或 fixed',
          'values of this unit are neither higher nor lower: free or fixed',
        ),
      )
    if (item.permission) continue
    for (const ancestor of chain.slice(1)) {
      const above = ancestor.parameters.find(({ item: { id } }) => id === item.id)?.item
      if (!above?.below) continue
      for (const { nth, above: held } of brokenBelow(above.below, above.values, item.values)) {
        const [zh, en] = WORDS[above.below]
        const value = JSON.stringify('rows' in Object(held.value) ? '…' : held.value)
        problems.push(
          problem(
            at(['values', nth, 'value']),
            item.id,
            `${ancestor.authority} 自 ${held.from} 起为 ${value}，下级${zh}；确有依据的，在 permission 中写明出处`,
            `${ancestor.authority} has ${value} from ${held.from}: ${en}; where a clause permits it, name it under permission`,
          ),
        )
      }
    }
  }
}

const WORDS = {
  free: ['可自定', 'it is free'],
  raise: ['只能提高', 'it may only be raised'],
  lower: ['只能降低', 'it may only be lowered'],
  fixed: ['不得更改', 'it may not be changed'],
} as const

type Set = Placed<Draft['requirements'][number]['item']>

/** Requirement sets against those above, on every day on which both hold. Only for packs whose expressions can be read. */
export function checkSets(draft: Draft, chain: readonly Draft[], facts: FactBook, problems: Problem[]): void {
  const over = draft.requirements.filter(({ item }) => item.extends && !item.extends.permission)
  const own = rulesIn(chain, facts)
  for (const set of draft.requirements) checkExceptions(set, own, problems)
  if (over.length === 0 || chain.length < 2) return
  const upper = rulesIn(chain.slice(1), facts)
  for (const set of over) checkStrictness(set, own, upper, problems)
}

function checkStrictness({ item, at }: Set, own: Rules, upper: Rules, problems: Problem[]): void {
  const found = looser(item, own, upper)
  if (!found) return
  const { from, than, missing } = found
  problems.push(
    problem(
      at(['extends']),
      item.id,
      `自 ${from} 起不能证明不低于 ${than.join('、')} 的规定（${missing.join('、')}）：须在 permission 中注明准许的出处`,
      `from ${from} it cannot be proved as strict as that of ${than.join(', ')} (${missing.join(', ')}): name the clause that permits it under permission`,
    ),
  )
}

/** Two exceptions of a condition that give the contrary and can hold of the same person. */
function checkExceptions({ item, at }: Set, rules: Rules, problems: Problem[]): void {
  for (const { version, condition, first, second, given, day } of contradictions(item, rules)) {
    const place = placesIn(version).get(condition)!
    const declared = place.reduce<unknown>((inside, key) => (inside as Record<PropertyKey, unknown>)[key], version)
    const nth = (declared as Condition).exceptions!.findIndex(({ id }) => id === second.id)
    const person = [...given].map(([id, value]) => `${id} = ${shown(value)}`).join(', ')
    problems.push(
      problem(
        at(['versions', item.versions.indexOf(version), ...place, 'exceptions', nth, 'when']),
        `${item.id}.${condition}`,
        `例外“${first.id}”与“${second.id}”可同时成立而结论相反，例如 ${person}（${day}）`,
        `the exceptions “${first.id}” and “${second.id}” can hold at once and disagree, e.g. with ${person} (${day})`,
      ),
    )
  }
}

const shown = (value: Value): string =>
  typeof value === 'bigint' ? String(plain(value)) : JSON.stringify(plain(value))

function rulesIn(chain: readonly Draft[], facts: FactBook): Rules {
  const packs = chain.map(({ parameters, ...pack }) => ({ ...pack, parameters: parameters.map(({ item }) => item) }))
  const sets = chain.flatMap(({ requirements, authority, version }, depth) =>
    requirements.map(({ item }) => ({ depth, authority, packVersion: version, declared: item })),
  )
  return new Rules(parametersOf(packs), sets, (id) => facts.declared(id)?.type)
}
