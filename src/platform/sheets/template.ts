/** The empty workbook that people fill in: headers, formats, choices, and how to fill it in. */
import { Workbook, type Worksheet } from '@cj-tech-master/excelts'
import { type AnySheet, type CodeColumn, type Column, codeEntries, inLocale } from './columns.ts'
import type { Locale } from './contract.ts'
import { worded } from './faults.ts'
import { columnLetter } from './formats.ts'
import { CREATOR, DATE_FORMAT, defaultWidth, HEADER, TEXT_FORMAT, textValue, WRAPPED, worksheetName } from './look.ts'

/** Rows that offer choices. A validation is one range, so the number costs nothing. */
const PREPARED_ROWS = 10_000

/** A list within a cell's validation: 255 characters are the limit, and commas part the choices. */
const INLINE_LIMIT = 255

const headerOf = (column: Column, locale: Locale): string =>
  `${column.required ? '*' : ''}${inLocale(column.header, locale)}`

const isText = ({ kind }: Column): boolean =>
  kind === 'text' || kind === 'code' || kind === 'idNumber' || kind === 'custom'

/** How a column is to be filled in, in words. */
function formatInWords(column: Column, locale: Locale): string {
  switch (column.kind) {
    case 'text':
      if (column.maxLength === undefined) return worded('sheets.format_free', locale)
      return worded('sheets.format_text', locale, { max: column.maxLength })
    case 'custom':
      return worded('sheets.format_free', locale)
    case 'code':
      return worded('sheets.format_code', locale)
    case 'date':
      return worded(column.monthIsEnough ? 'sheets.format_month' : 'sheets.format_date', locale)
    case 'decimal':
      if (column.scale === undefined) return worded('sheets.format_number', locale)
      return worded('sheets.format_decimal', locale, { scale: column.scale })
    case 'integer':
      return worded('sheets.format_integer', locale)
    case 'yesNo':
      return worded('sheets.format_yes_no', locale)
    case 'idNumber':
      return worded('sheets.format_id_number', locale)
  }
}

const labelsOf = (column: CodeColumn, locale: Locale): string[] =>
  Array.from(codeEntries(column.table), (entry) => inLocale(entry, locale))

const hintOf = (column: Column, locale: Locale): string => (column.hint ? inLocale(column.hint, locale) : '')

function offerChoices(data: Worksheet, columns: readonly Column[], lists: Worksheet | undefined, locale: Locale): void {
  const rows = (letter: string): string => `${letter}2:${letter}${PREPARED_ROWS + 1}`
  let list = 0
  columns.forEach((column, i) => {
    const labels = choicesOf(column, locale)
    const prompt = [formatInWords(column, locale), hintOf(column, locale)].filter(Boolean).join('\n').slice(0, 250)
    const guide = { showInputMessage: true, promptTitle: inLocale(column.header, locale).slice(0, 30), prompt }
    if (!labels) {
      data.dataValidations.add(rows(columnLetter(i)), { type: 'any', ...guide })
      return
    }
    let source = `"${labels.join(',')}"`
    if (lists && !isInline(labels)) {
      const letter = columnLetter(list++)
      const column = lists.getColumn(list)
      column.values = [inLocale(columns[i]!.header, locale), ...labels.map(textValue)]
      column.width = 28
      source = `'${lists.name}'!$${letter}$2:$${letter}$${labels.length + 1}`
    }
    data.dataValidations.add(rows(columnLetter(i)), {
      type: 'list',
      allowBlank: true,
      formulae: [source],
      // A code is as good as its label, so another entry is warned of, not forbidden.
      showErrorMessage: true,
      errorStyle: 'warning',
      error: worded('sheets.not_listed', locale),
      ...guide,
    })
  })
}

function choicesOf(column: Column, locale: Locale): string[] | undefined {
  if (column.kind === 'yesNo') return [worded('sheets.yes', locale), worded('sheets.no', locale)]
  return column.kind === 'code' ? labelsOf(column, locale) : undefined
}

const isInline = (labels: readonly string[]): boolean =>
  labels.join(',').length <= INLINE_LIMIT && !labels.some((label) => /[,"]/.test(label))

function addGuide(guide: Worksheet, columns: readonly Column[], locale: Locale): void {
  const heads = ['column', 'required', 'format', 'hint', 'choices'] as const
  guide.columns = [18, 10, 36, 44, 44].map((width) => ({ width, style: { numFmt: TEXT_FORMAT, ...WRAPPED } }))
  guide.addRow([worded('sheets.guide_rules', locale)])
  guide.mergeCells('A1:E1')
  guide.getRow(1).height = 36
  const header = guide.addRow(heads.map((head) => worded(`sheets.guide_${head}`, locale)))
  header.eachCell((cell) => Object.assign(cell, { style: HEADER }))
  for (const column of columns) {
    const labels = choicesOf(column, locale) ?? []
    const choices = labels.slice(0, 30).join(locale === 'en' ? ', ' : '、') + (labels.length > 30 ? '……' : '')
    const required = worded(column.required ? 'sheets.yes' : 'sheets.no', locale)
    const texts = [
      inLocale(column.header, locale),
      required,
      formatInWords(column, locale),
      hintOf(column, locale),
      choices,
    ]
    guide.addRow(texts.map(textValue))
  }
}

/**
 * The template of a sheet: header with required columns marked by *, text and date formats down the columns, choices as drop-down
 * lists, and a second worksheet that explains each column. A filled template is read back by `readSheet`.
 */
export async function templateWorkbook(sheet: AnySheet, locale: Locale): Promise<Buffer> {
  const { columns } = sheet
  const book = new Workbook()
  book.creator = CREATOR
  const data = book.addWorksheet(worksheetName(inLocale(sheet.title, locale)), {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 0 }],
  })
  data.columns = columns.map((column) => ({
    width: defaultWidth(column, inLocale(column.header, locale)),
    style: { numFmt: isText(column) ? TEXT_FORMAT : column.kind === 'date' ? DATE_FORMAT : 'General' },
  }))
  const header = data.addRow(columns.map((column) => headerOf(column, locale)))
  header.height = 28
  header.eachCell((cell) => Object.assign(cell, { style: HEADER }))
  const guide = book.addWorksheet(worded('sheets.guide', locale))
  addGuide(guide, columns, locale)
  const long = columns.some((column) => column.kind === 'code' && !isInline(labelsOf(column, locale)))
  offerChoices(data, columns, long ? book.addWorksheet(worded('sheets.codes', locale)) : undefined, locale)
  return Buffer.from(await book.xlsx.writeBuffer())
}
