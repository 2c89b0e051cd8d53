/** What the register of files and the store have to do with each other, for those who maintain both. */
import { type QueryExecutorProvider, sql } from 'kysely'
import type { FileStore } from './store.ts'

export type Content = { sha256: string; size: number }

/** Every content that the register knows, whoever may see it. Needs the owner's connection. */
export async function contents(owner: QueryExecutorProvider): Promise<Content[]> {
  const { rows } = await sql<Content>`select distinct f.sha256, f.size from files.file f order by f.sha256`.execute(
    owner,
  )
  return rows
}

/** Contents that the store does not have, or has in another size. Looks at names and sizes, not at the bytes. */
export async function lacking(owner: QueryExecutorProvider, store: FileStore): Promise<Content[]> {
  const found: Content[] = []
  for (const content of await contents(owner)) {
    if ((await store.sizeOf(content.sha256).catch(() => null)) !== content.size) found.push(content)
  }
  return found
}
