/** Indicators in the language of the screen. */
import { useFormat } from '../../../../../ui/i18n.tsx'
import { clauseOf } from '../clause.ts'
import type { Definition } from '../training.ts'

/** Name, definition and clause of an indicator in the language of the screen. */
export function useIndicators(definitions: readonly Definition[]) {
  const english = useFormat().locale === 'en'
  return definitions.map(({ id, zh, en, definitionZh, definitionEn, clause }) => {
    const shown = clauseOf(clause)
    const definition = english ? definitionEn : definitionZh
    return { id, name: english ? en : zh, definition, clause: shown ? { ...shown, note: definition } : undefined }
  })
}
export type Indicator = ReturnType<typeof useIndicators>[number]
