/** The editor of an expression: colours, brackets, completion and checking while one types. Built on CodeMirror. */
import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { type Diagnostic, linter } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { paintedBy } from '../../../../ui/office/painted.ts'
import { fitting, type Offer } from './completion.ts'

/** Something wrong, in characters of the text. */
export type Wrong = { start: number; end: number; text: string }

export type EditorAsk = {
  label: string
  /** Id of what describes it: the message below. */
  describedBy: string
  offers: () => readonly Offer[]
  check: (text: string) => Promise<readonly Wrong[]>
  onChange: (text: string) => void
  phrases: Record<string, string>
}

const TOKENS: [name: string, pattern: string][] = [
  ['text', String.raw`"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?`],
  ['parameter', String.raw`\bparam\.[\w.]+`],
  ['function', String.raw`\b[a-z_]+(?=\s*\()`],
  ['word', String.raw`\b(?:true|false|null|in)\b`],
  ['number', String.raw`\b\d+(?:\.\d+)?\b`],
]

const painted = paintedBy(TOKENS, 'pol-token-')

/** The list follows what is typed at once: while it is asked for anew, Tab would leave the field. */
const completion = (offers: EditorAsk['offers']) => {
  const offered = (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/[\w.\u4e00-\u9fff]+/)
    if (!typed && !context.explicit) return null
    const found = fitting(offers(), typed?.text ?? '')
    return {
      from: typed?.from ?? context.pos,
      filter: false,
      options: found.map(({ label, apply, kind, detail, info }) => ({ label, apply, detail, info, type: kind })),
      update: (_before, _from, _to, next) => offered(next),
    }
  }
  return offered
}

const checking = (check: EditorAsk['check']) =>
  linter(
    async (view): Promise<Diagnostic[]> => {
      const length = view.state.doc.length
      const found = await check(view.state.doc.toString())
      return found.map(({ start, end, text }) => {
        const from = Math.max(0, Math.min(start, length - 1))
        return { from, to: Math.min(Math.max(end, from + 1), length), severity: 'error', message: text }
      })
    },
    { delay: 300 },
  )

/** Puts the editor into a place of the page; the caller destroys it. */
export function openEditor(place: HTMLElement, text: string, ask: EditorAsk): EditorView {
  const extensions: Extension[] = [
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [completion(ask.offers)], icons: false, interactionDelay: 0 }),
    checking(ask.check),
    painted,
    EditorView.lineWrapping,
    EditorState.phrases.of(ask.phrases),
    EditorView.contentAttributes.of({
      'aria-label': ask.label,
      'aria-describedby': ask.describedBy,
      spellcheck: 'false',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) ask.onChange(update.state.doc.toString())
    }),
    // Tab takes what is offered and otherwise leaves the field, as everywhere.
    keymap.of([{ key: 'Tab', run: acceptCompletion }, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
  ]
  return new EditorView({ parent: place, state: EditorState.create({ doc: text, extensions }) })
}
