/** The documents door: printed papers, their numbers, their verification. */

export { documentsApi } from './api.ts'
export { chineseDate, englishDate, figureDate } from './dates.ts'
export { documentsHoldings } from './holdings.ts'
export {
  type Block,
  type Certificate,
  type Circular,
  type Column,
  type Locale,
  type Row,
  renderCertificate,
  renderCircular,
  renderStatement,
  type Sheet,
  type Statement,
  type Verification,
} from './papers.ts'
export {
  documentLabel,
  issueNumbers,
  type NewDocument,
  type RevocationReason,
  registerDocuments,
  revokeDocuments,
} from './register.ts'
export { type Rendered, type RenderOptions, renderDocument, renderPdf } from './render.ts'
export type { DocumentRow, DocumentTables } from './tables.ts'
export { newVerifyCode, normaliseVerifyCode } from './verify-code.ts'
