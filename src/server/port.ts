/** Whether the address can be listened on: asked first, because everything before serving takes longer than the answer. */
import { createServer } from 'node:net'
import type { Environment } from './settings.ts'

/** Throws what listening would throw: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `ENOTFOUND`. */
export const assertPortFree = ({ host, port }: Environment): Promise<void> =>
  new Promise((free, taken) => {
    const probe = createServer()
    probe.once('error', taken)
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => free()))
  })
