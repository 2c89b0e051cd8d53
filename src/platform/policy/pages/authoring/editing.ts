/** What every part of the editor knows: what can be named, which parts stand open, and what is wrong where. */
import { createContext, useContext } from 'react'
import { useBilingual } from '../../../../ui/i18n.tsx'
import type { PolicyWords, SetProblem } from '../../contract.ts'
import type { Offer } from './completion.ts'
import { isMissing, type Told, toldIn } from './problems.ts'
import type { Clause } from './set.ts'

export type Editing = {
  draftId: string
  about: string
  offers: readonly Offer[]
  facts: PolicyWords['facts']
  /** Ids of all conditions of the set: a new one gets another. */
  taken: readonly string[]
  /** The document that the draft rests on: a new condition begins with it. */
  basis: Clause | undefined
  open: ReadonlySet<string>
  setOpen: (key: string, open: boolean) => void
  problems: readonly SetProblem[]
  /** What is still to be filled in is told at its field, since somebody tried to save. */
  strict: boolean
  /** Called before a part is taken away, so that it can be had back. */
  removing: (what: string) => void
}

export const EditingContext = createContext<Editing | null>(null)

export function useEditing(): Editing {
  const editing = useContext(EditingContext)
  if (!editing) throw new Error('No editor here: render inside EditingContext.')
  return editing
}

/** What is wrong at a place, in words; what is only empty not before it is asked for. */
export function useSaid(): (at: string) => string | undefined {
  const { problems, strict } = useEditing()
  const pick = useBilingual()
  return (at) => {
    const found = problems.filter(({ path }) => path === at)
    const told = found.find((problem) => strict || !isMissing(problem))
    return told && pick(told)
  }
}

export function useTold(at: string): Told {
  return toldIn(useEditing().problems, at)
}
