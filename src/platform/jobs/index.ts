/** The jobs door: background work that survives crashes, asked for within a transaction. */
export type { Run, Said } from './contract.ts'
export { jobsHoldings } from './holdings.ts'
export { type AnyJob, defineJob, type Enter, type Job, type JobContext } from './job.ts'
export { runOf, runs } from './queries.ts'
export { cancelRun, enqueue } from './service.ts'
export type { JobsTables } from './tables.ts'
export { prepareJobs, startWorkers } from './worker.ts'
