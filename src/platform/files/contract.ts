/** What others see of files. The bytes go over plain HTTP; the procedures are those of the desk. */
import { z } from 'zod'

export const fileFacts = z.object({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  size: z.number().int(),
  purpose: z.string(),
  sha256: z.string(),
  createdAt: z.string(),
})
export type FileFacts = z.infer<typeof fileFacts>
