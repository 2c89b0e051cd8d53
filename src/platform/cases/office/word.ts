/** The application form as a Word document, for offices that go on writing in it: the same paper, in the faces that Word and WPS have. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { CasePaper, PaperLine } from './case-paper.ts'

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A4 with margins of 2.5 cm, in twentieths of a point. */
const WIDTH = 9_070
const LABEL = 2_000
const edge = { style: BorderStyle.SINGLE, size: 4, color: '495057' }
const borders = { top: edge, bottom: edge, left: edge, right: edge }
const SONG = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' }
const HEI = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体' }

type Style = {
  bold?: boolean
  size?: number
  align?: (typeof AlignmentType)[keyof typeof AlignmentType]
  hei?: boolean
}

/** Lines of a text are lines of the paragraph. Control characters have no place in a document. */
const paragraph = (text: string, { bold = false, size = 21, align = AlignmentType.LEFT, hei = false }: Style = {}) =>
  new Paragraph({
    alignment: align,
    spacing: { line: 320 },
    children: text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .split('\n')
      .map(
        (line, nth) =>
          new TextRun({ text: line, bold, size, font: hei ? HEI : SONG, ...(nth > 0 ? { break: 1 } : {}) }),
      ),
  })

const cell = (children: (Paragraph | Table)[], width: number, { shaded = false, span = 1 } = {}) =>
  new TableCell({
    children,
    borders,
    columnSpan: span,
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    width: { size: width, type: WidthType.DXA },
    ...(shaded ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'F3F0E8' } } : {}),
  })
const name = (text: string, width = LABEL) =>
  cell([paragraph(text, { hei: true, size: 20, align: AlignmentType.CENTER })], width, { shaded: true })

const grid = (widths: number[], rows: TableRow[]) =>
  new Table({
    rows,
    columnWidths: widths,
    width: { size: widths.reduce((sum, one) => sum + one, 0), type: WidthType.DXA },
  })

function nested({ columns, rows }: NonNullable<PaperLine['table']>, width: number): (Paragraph | Table)[] {
  const each = Math.floor(width / Math.max(1, columns.length))
  const widths = columns.map(() => each)
  const line = (cells: string[], shaded: boolean) =>
    new TableRow({
      tableHeader: shaded,
      children: cells.map((text) => cell([paragraph(text, { size: 18 })], each, { shaded })),
    })
  return [grid(widths, [line(columns, true), ...rows.map((row) => line(row, false))]), paragraph('', { size: 4 })]
}

const lines = (list: readonly PaperLine[], width = WIDTH): TableRow[] =>
  list.map(({ heading, title, value, table }) =>
    heading === null
      ? new TableRow({
          children: [name(title), cell(table ? nested(table, width - LABEL - 220) : [paragraph(value)], width - LABEL)],
        })
      : new TableRow({
          children: [cell([paragraph(heading, { bold: true, hei: true })], width, { shaded: true, span: 2 })],
        }),
  )

const part = (title: string) =>
  new Paragraph({
    keepNext: true,
    spacing: { before: 280, after: 120 },
    children: [new TextRun({ text: title, bold: true, size: 24, font: HEI })],
  })

export async function wordOf(paper: CasePaper): Promise<Uint8Array> {
  const { label, facts } = paper
  const pairs = Array.from({ length: Math.ceil(facts.length / 2) }, (_, nth) => facts.slice(2 * nth, 2 * nth + 2))
  const factRows = pairs.map((pair) => {
    const [left, right = ['', '']] = pair as [[string, string], [string, string]?]
    return new TableRow({
      children: [left, right].flatMap(([key, value]) => [
        name(key, 1_500),
        cell([paragraph(value)], WIDTH / 2 - 1_500),
      ]),
    })
  })
  const centred = (text: string, style: Style) => paragraph(text, { ...style, align: AlignmentType.CENTER })
  const [before = '', between = '', after = ''] = paper.words.page.split(/\{page\}|\{pages\}/)
  const document = new Document({
    title: `${paper.subtitle} ${paper.title}`,
    creator: paper.head,
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 1_418, bottom: 1_418, left: 1_418, right: 1_418 },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [
                  new TextRun({
                    children: [before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after],
                    size: 18,
                    font: SONG,
                  }),
                ],
              }),
            ],
          }),
        },
        children: [
          centred(paper.head, { size: 22 }),
          centred(paper.subtitle, { size: 36, bold: true }),
          centred(paper.title, { size: 32, bold: true }),
          paragraph('', { size: 12 }),
          grid([1_500, WIDTH / 2 - 1_500, 1_500, WIDTH / 2 - 1_500], factRows),
          part(label.applied),
          grid([LABEL, WIDTH - LABEL], lines(paper.answers)),
          ...(paper.materials.length > 0
            ? [
                part(label.materials),
                grid(
                  [LABEL, WIDTH - LABEL],
                  paper.materials.map(
                    ([title, names]) =>
                      new TableRow({ children: [name(title), cell([paragraph(names)], WIDTH - LABEL)] }),
                  ),
                ),
              ]
            : []),
          ...(paper.opinions.length > 0
            ? [
                part(label.opinions),
                grid(
                  [LABEL, WIDTH - LABEL],
                  paper.opinions.map((one) => opinion(one, label)),
                ),
              ]
            : []),
          ...(paper.steps.length > 0
            ? [
                part(label.course),
                grid(
                  [1_800, 2_300, 1_700, WIDTH - 5_800],
                  [[label.date, label.act, label.by, label.words] as const, ...paper.steps].map(
                    (row, nth) =>
                      new TableRow({
                        tableHeader: nth === 0,
                        children: row.map((text, at) =>
                          cell([paragraph(text, { size: 18 })], [1_800, 2_300, 1_700, WIDTH - 5_800][at]!, {
                            shaded: nth === 0,
                          }),
                        ),
                      }),
                  ),
                ),
              ]
            : []),
          paragraph(paper.printed, { size: 17 }),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}

const opinion = (one: CasePaper['opinions'][number], label: CasePaper['label']): TableRow =>
  new TableRow({
    cantSplit: true,
    children: [
      name(one.stage),
      cell(
        [
          paragraph([one.verdict, one.words].filter(Boolean).join('\n')),
          ...one.report.map(({ heading, title, value }) =>
            paragraph(heading ?? `${title}：${value}`, { size: 19, bold: heading !== null }),
          ),
          paragraph(`${one.office}　${label.signature}${one.by}　${one.date}`, { align: AlignmentType.RIGHT }),
        ],
        WIDTH - LABEL,
      ),
    ],
  })
