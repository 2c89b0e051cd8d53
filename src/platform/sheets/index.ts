/** Excel in and out: a sheet is declared once, then read with faults by cell, offered as a template, exported, handed back. */

export type {
  CodeEntry,
  CodeTable,
  Column,
  Parsed,
  PartialValues,
  Problem,
  ReadContext,
  Sheet,
  Values,
} from './columns.ts'
export { defineSheet } from './columns.ts'
export type { Limits, Source } from './container.ts'
export type { Fault, Locale, Notice, ReadProgress, Words } from './contract.ts'
export { faultWorkbook } from './corrections.ts'
export type { Export, ExportColumn } from './export.ts'
export { exportWorkbook, streamWorkbook } from './export.ts'
export { faultAt, reasonOf, wording, wordingOfNotice } from './faults.ts'
export type { Reading, Readings, ReadOptions } from './read.ts'
export { readSheet, readSheets } from './read.ts'
export { exportFile, workbookFile, XLSX_TYPE, xlsxResponseName } from './response.ts'
export { templateWorkbook } from './template.ts'
