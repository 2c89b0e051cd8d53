import { expect, test } from 'vitest'
import { chineseDate, englishDate, figureDate } from './dates.ts'

test.each([
  ['2023-02-28', '二〇二三年二月二十八日', '2023年2月28日', '28 February 2023'],
  ['2020-10-10', '二〇二〇年十月十日', '2020年10月10日', '10 October 2020'],
  ['2025-11-01', '二〇二五年十一月一日', '2025年11月1日', '1 November 2025'],
  ['2024-12-31', '二〇二四年十二月三十一日', '2024年12月31日', '31 December 2024'],
  ['2030-01-20', '二〇三〇年一月二十日', '2030年1月20日', '20 January 2030'],
])('%s', (date, chinese, figures, english) => {
  expect([chineseDate(date), figureDate(date), englishDate(date)]).toEqual([chinese, figures, english])
})
