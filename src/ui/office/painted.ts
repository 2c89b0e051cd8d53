/** Colours of a text in a CodeMirror editor, by patterns: the first that fits names the class. */
import type { Extension } from '@codemirror/state'
import { Decoration, type EditorView, MatchDecorator, ViewPlugin, type ViewUpdate } from '@codemirror/view'

/** @param prefix of the classes: `calls-token-` makes `calls-token-key` of the token `key` */
export function paintedBy(tokens: readonly (readonly [name: string, pattern: string])[], prefix: string): Extension {
  const painter = new MatchDecorator({
    regexp: new RegExp(tokens.map(([name, pattern]) => `(?<${name}>${pattern})`).join('|'), 'g'),
    decoration: ({ groups = {} }) => {
      const name = Object.keys(groups).find((key) => groups[key] !== undefined)
      return Decoration.mark({ class: `${prefix}${name}` })
    },
  })
  return ViewPlugin.fromClass(
    class {
      decorations
      constructor(view: EditorView) {
        this.decorations = painter.createDeco(view)
      }
      update(update: ViewUpdate) {
        this.decorations = painter.updateDeco(update, this.decorations)
      }
    },
    { decorations: (held) => held.decorations },
  )
}
