/** A short list as comma-separated text that Excel and WPS open right: marked as UTF-8, and never a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** Every field in quotes; what a spreadsheet would compute begins with an apostrophe. */
const field = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

export const passwordList = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `\ufeff${[heads, ...rows].map((row) => row.map(field).join(',')).join('\r\n')}\r\n`
