/** The files door: a content-addressed store, and who may read what is in it. */
export type { FileFacts } from './contract.ts'
export { filesHoldings } from './holdings.ts'
export { openDownload, receiveUpload } from './http.ts'
export { type Content, contents, lacking } from './inventory.ts'
export { contentDisposition } from './names.ts'
export { fileOf, type Purpose, putFile, readFile } from './service.ts'
export { type FileStore, openStore } from './store.ts'
export type { FilesTables } from './tables.ts'
