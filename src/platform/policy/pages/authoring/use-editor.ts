/** A set in the hands of somebody: what stands in the fields, what is wrong with it all at once, what was saved, and what was just taken away. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import type { policyContract } from '../../contract.ts'
import { type EditedCase, tidiedCases } from './cases.ts'
import type { Editing } from './editing.ts'
import { keyed, takenIn } from './parts.ts'
import { keysOn } from './problems.ts'
import { type Clause, type EditedSet, tidied } from './set.ts'
import { useNames } from './use-offers.ts'

export type Held = { set: EditedSet; cases: readonly EditedCase[] }
type First = Held & { draftId: string; revision: number; added: boolean; basis: Clause | undefined }

/** Long enough not to ask at every letter. */
const PAUSE = 400

export function useEditor({ draftId, revision: read, added, basis, ...first }: First) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const [held, setHeld] = useState<Held>(() => ({ ...first, set: keyed(first.set) }))
  const sent = { declared: tidied(held.set), cases: tidiedCases(held.cases) }
  const now = JSON.stringify(sent)
  const [saved, setSaved] = useState(now)
  // Read when somebody leaves, which may be in the same breath as the saving: before it is drawn again.
  const kept = useRef({ now, saved: now, givenUp: false })
  kept.current.now = now
  const [revision, setRevision] = useState(read)
  const [open, setOpenKeys] = useState<ReadonlySet<string>>(
    () => new Set(added ? keysOn(held.set, 'versions.0.needs.all.0') : []),
  )
  const [strict, setStrict] = useState(false)
  const [undo, setUndo] = useState<{ what: string; before: Held } | null>(null)
  const leaving = useRef<string | null>(null)
  const paused = usePaused(now)
  const checked = useQuery({
    queryKey: ['policy', 'check-set', draftId, revision, added, paused],
    queryFn: () => policy.checkSet({ draftId, added, ...(JSON.parse(paused) as typeof sent) }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const saving = useAct(policy.saveDraftSet, {
    done: t('author.saved'),
    refresh: [
      ['policy', 'drafts'],
      ['policy', 'draft'],
    ],
    quiet: true,
  })
  const problems = checked.data?.problems ?? []
  const change = (next: Held) => {
    setUndo(leaving.current === null ? null : { what: leaving.current, before: held })
    leaving.current = null
    setHeld(next)
  }
  const reveal = (path: string) => {
    setStrict(true)
    setOpenKeys((before) => new Set([...before, ...keysOn(held.set, path), ...keysOn({ cases: held.cases }, path)]))
    goTo(path)
  }
  /** Where it cannot be saved, to the first place that is wrong. */
  const save = async (): Promise<boolean> => {
    setStrict(true)
    const { problems: found } = await policy.checkSet({ draftId, added, ...sent }).catch(() => ({ problems: [] }))
    if (found[0]) {
      reveal(found[0].path)
      return false
    }
    const answer = await saving.run({ draftId, revision, added, ...sent })
    if (!answer) return false
    setRevision(answer.revision)
    setSaved(now)
    kept.current.saved = now
    setStrict(false)
    return true
  }
  const names = useNames(draftId, held.set.about)
  const editing: Editing = {
    draftId,
    about: held.set.about,
    ...names,
    taken: takenIn(held.set),
    basis,
    open,
    setOpen: (key, stands) =>
      setOpenKeys((before) => (stands ? new Set([...before, key]) : new Set([...before].filter((one) => one !== key)))),
    problems,
    strict,
    removing: (what) => {
      leaving.current = what
    },
  }
  return {
    held,
    change,
    editing,
    save,
    saving,
    revision,
    dirty: now !== saved,
    /** Something would be lost if one left now. */
    unsaved: () => !kept.current.givenUp && kept.current.now !== kept.current.saved,
    /** What is not saved may be lost. */
    giveUp: () => {
      kept.current.givenUp = true
    },
    undo,
    takeBack: () => {
      if (undo) setHeld(undo.before)
      setUndo(null)
    },
    reveal,
    /** Why it could not be checked at all, or not be saved, apart from what is wrong in it. */
    failure: saving.error ?? checked.error,
    checking: checked.isPending || paused !== now || checked.isPlaceholderData,
  }
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}

/** The likeliest first. */
const FIELDS = ['[aria-invalid="true"]', '.cm-content', 'input, select, textarea']

/** To the field that is told to be wrong at the place, or to the first one there, as soon as it is drawn. */
function goTo(path: string): void {
  const steps = path.split('.')
  const place = () => {
    for (let n = steps.length; n > 0; n--) {
      const found = document.querySelector<HTMLElement>(`[data-at="${CSS.escape(steps.slice(0, n).join('.'))}"]`)
      if (found) return found
    }
    return document.querySelector<HTMLElement>('.pol-author')
  }
  setTimeout(() => {
    const part = place()
    const field = FIELDS.map((one) => part?.querySelector<HTMLElement>(one)).find(Boolean)
    ;(field ?? part)?.scrollIntoView({ block: 'center' })
    field?.focus({ preventScroll: true })
  }, 60)
}
