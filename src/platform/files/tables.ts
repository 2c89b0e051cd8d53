/** Row types of files. */
type FileRow = {
  id: string
  sha256: string
  name: string
  mediaType: string
  size: number
  purpose: string
  accountId: string | null
  orgPath: string | null
  createdAt: string
}

export type FilesTables = { 'files.file': FileRow }
