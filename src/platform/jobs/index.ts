/** The jobs door: background work that survives crashes, asked for within a transaction. */
export { type Run, type RunState, run, type Said } from './contract.ts'
export { type AnyJob, defineJob, type Job, type JobContext } from './job.ts'
export { runOf, runs } from './queries.ts'
export { cancelRun, enqueue } from './service.ts'
export type { JobsTables } from './tables.ts'
export { type Enter, prepareJobs, startWorkers } from './worker.ts'
