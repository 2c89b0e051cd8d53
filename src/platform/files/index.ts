/** The files door: a content-addressed store, and who may read what is in it. */
export { type FileFacts, fileFacts } from './contract.ts'
export { openDownload, receiveUpload } from './http.ts'
export type { FileKind } from './kinds.ts'
export { contentDisposition, safeName } from './names.ts'
export { fileOf, type Purpose, putFile, readFile } from './service.ts'
export { type FileStore, openStore } from './store.ts'
export type { FilesTables } from './tables.ts'
