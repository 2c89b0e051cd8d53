/** A workbook as a file to hand out, and the name under which a browser saves it. */
import { type CivilDate, civilDate } from '../../base/dates.ts'
import { inLocale } from './columns.ts'
import { type Export, exportWorkbook } from './export.ts'
import { textValue } from './look.ts'

/** Percent-encoding of RFC 5987: what `encodeURIComponent` leaves and the RFC does not allow is encoded too. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A workbook under a name that stands already. */
export const workbookFile = (bytes: Uint8Array, name: string): File =>
  new File([new Uint8Array(bytes)], name, { type: XLSX_TYPE })

/** An export as a file, named by its title (or `name`) and the day on which it was made. */
export async function exportFile(wanted: Export, name = inLocale(wanted.title, wanted.locale)): Promise<File> {
  return workbookFile(await exportWorkbook(wanted), xlsxResponseName(name, civilDate(wanted.at)).filename)
}

/**
 * A file name that every system can store, “教师名册-2023-03-01.xlsx”, and the `Content-Disposition` that carries it: in full for
 * browsers of today (RFC 5987, RFC 6266), in ASCII for others.
 */
export function xlsxResponseName(
  title: string,
  date: CivilDate,
): { readonly filename: string; readonly disposition: string } {
  const safe = textValue(title)
    .replace(/[<>:"/\\|?*\t\n\r]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const short = [...safe].slice(0, 80).join('').trim()
  const filename = `${short || 'export'}-${date}.xlsx`
  const plain = filename.replace(/[^\x20-\x7e]+/g, '_').replace(/[%;]/g, '_')
  return { filename, disposition: `attachment; filename="${plain}"; filename*=UTF-8''${encoded(filename)}` }
}
