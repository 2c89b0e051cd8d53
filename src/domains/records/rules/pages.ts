/** Where a line of a roster stands when the roster fills several worksheets: lines count on from one worksheet to the next. */
export type Page = { sheet: string; before: number }
export type Place = { sheet: string; row: number }

/** The pages with the lines that come before each; `last` is the last row in use of a page. */
export function pagesOf(sheets: readonly { sheet: string; last: number }[]): Page[] {
  let before = 0
  return sheets.map(({ sheet, last }) => {
    const page = { sheet, before }
    before += last
    return page
  })
}

/** The line of a row on the page of that name. */
export const lineOf = (pages: readonly Page[], sheet: string, row: number): number =>
  (pages.find((page) => page.sheet === sheet)?.before ?? 0) + row

/** Which page and row a line is. */
export function placeOf(pages: readonly Page[], line: number): Place {
  const page = pages.findLast(({ before }) => before < line)
  return { sheet: page?.sheet ?? '', row: line - (page?.before ?? 0) }
}
