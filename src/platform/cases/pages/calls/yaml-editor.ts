/** The editor of a call's text: line numbers, colours, and what is wrong at its line. Built on CodeMirror. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import { EditorState, type Text } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { paintedBy } from '../../../../ui/office/painted.ts'

/** Something wrong; line and column count from 1. */
export type Wrong = { line: number; column: number; text: string }

const TOKENS: [name: string, pattern: string][] = [
  ['remark', String.raw`(?:^|(?<=\s))#.*`],
  ['text', String.raw`"(?:\\.|[^"\\])*"|'(?:''|[^'])*'`],
  ['key', String.raw`[A-Za-z_][\w.-]*(?=:(?:\s|$))`],
  ['anchor', String.raw`(?<=\s)[&*][\w]+`],
  ['number', String.raw`(?<=[\s\[,:])\d+(?:\.\d+)?(?=[\s,\]}]|$)`],
]
const painted = paintedBy(TOKENS, 'calls-token-')

function diagnosticAt(doc: Text, { line, column, text }: Wrong): Diagnostic {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
  const from = Math.min(at.from + column - 1, at.to)
  return { from, to: at.to, severity: 'error', message: text }
}

/** Puts the editor into a place of the page; the caller destroys it. */
export function openYaml(
  place: HTMLElement,
  text: string,
  ask: { label: string; onChange: (text: string) => void; check: (text: string) => Promise<readonly Wrong[]> },
): EditorView {
  const extensions = [
    lineNumbers(),
    history(),
    lintGutter(),
    linter(
      async (view) => {
        const { doc } = view.state
        const found = await ask.check(doc.toString())
        // What was typed meanwhile is checked again.
        return view.state.doc === doc ? found.map((wrong) => diagnosticAt(doc, wrong)) : []
      },
      { delay: 500 },
    ),
    painted,
    EditorState.tabSize.of(2),
    EditorView.contentAttributes.of({ 'aria-label': ask.label, spellcheck: 'false', tabindex: '0' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) ask.onChange(update.state.doc.toString())
    }),
    // Escape first, then Tab leaves the field.
    keymap.of([...historyKeymap, ...defaultKeymap, indentWithTab]),
  ]
  return new EditorView({ parent: place, state: EditorState.create({ doc: text, extensions }) })
}

/** Puts the caret to a place and brings it into sight. */
export function goTo(view: EditorView, { line, column }: Wrong): void {
  const { from, to } = diagnosticAt(view.state.doc, { line, column, text: '' })
  view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
  view.focus()
}
