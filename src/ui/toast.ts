/** Short answers to an act, said once and politely: a list that the shell shows and screen readers speak. */
export type ToastTone = 'done' | 'alert' | 'plain'
export type ToastItem = { id: number; text: string; tone: ToastTone }

/** Milliseconds: long enough to read, longer for what needs attention. */
const STAYS: Record<ToastTone, number> = { done: 4000, plain: 4000, alert: 9000 }

let items: readonly ToastItem[] = []
let next = 1
const listeners = new Set<() => void>()

const put = (changed: readonly ToastItem[]) => {
  items = changed
  for (const listener of listeners) listener()
}

export function say(text: string, tone: ToastTone = 'done'): void {
  const item = { id: next++, text, tone }
  put([...items.filter((other) => other.text !== text).slice(-2), item])
  setTimeout(() => dismiss(item.id), STAYS[tone])
}

export const dismiss = (id: number): void => put(items.filter((item) => item.id !== id))
export const toasts = (): readonly ToastItem[] => items
export const onToasts = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
