/** Recognises what a request for data asks for among what the record holds already. */

/** `id` is `group.field`. */
export type HeldField = { id: string; names: readonly string[] }
export type Matched = { label: string; id: string | null }

/** Words around a name that change nothing. */
const AROUND =
  /^(请填写|请填|填写|填报|教师|教职工|本人|个人|现|最高|当前|teacher'?s?|current|highest|number of)+|(情况|信息|一览|名称|明细|登记|统计|汇总|表|data|details)+$/gi
const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[（(][^）)]*[）)]/g, '')
    .replace(/[\s·:：*、,，.。/／“”"'’_-]/g, '')
const core = (text: string): string => plain(text.trim().replace(AROUND, '')) || plain(text)

/** One line, one thing asked for; the longest name that is the same decides, never a part of one. */
export function matched(labels: readonly string[], fields: readonly HeldField[]): Matched[] {
  const known = new Map<string, string>()
  for (const { id, names } of fields)
    for (const name of names) for (const said of [plain(name), core(name)]) if (!known.has(said)) known.set(said, id)
  return labels.map((label) => ({ label, id: known.get(plain(label)) ?? known.get(core(label)) ?? null }))
}

/** What people write, one thing a line or between commas. */
export const labelsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n\r;；、,，]+/)
      .map((label) => label.trim())
      .filter((label) => label !== ''),
  ),
]
