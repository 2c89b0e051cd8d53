/**
 * The default day of retirement: 全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13). What was approved for a person goes before it.
 * The figures come from a parameter of the unit `retirement`.
 */
import type { CivilDate } from '../../../../base/dates.ts'
import { addMonths } from './spans.ts'
import { type Amounts, ONE } from './value.ts'

/**
 * `age` in years; from births in January of the year `born_from`, one month later for every `step` months of birth begun, `most` months at
 * most. Without `step` nobody is later.
 * @returns null where the figures name no age
 */
export function retirementOn(born: CivilDate, figures: Amounts): CivilDate | null {
  const figure = (name: string) => {
    const held = figures.get(name)
    return held === undefined ? null : Number(held / ONE)
  }
  const [age, from, step, most] = [figure('age'), figure('born_from'), figure('step'), figure('most')]
  if (age === null || Math.abs(age) > 200) return null
  const since = from === null ? -1 : (Number(born.slice(0, 4)) - from) * 12 + Number(born.slice(5, 7)) - 1
  const later = step === null || step < 1 || since < 0 ? 0 : Math.min(Math.floor(since / step) + 1, most ?? 0)
  return addMonths(born, age * 12 + later)
}
