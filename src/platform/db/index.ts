/** The database door: connections, transactions under a scope, migrations, the product's clock, the embedded server. */
export { moveClock, readClock } from './clock.ts'
export { connect, type Db, ownerClient, pool } from './connect.ts'
export { copyIn } from './copy-in.ts'
export { type Copied, copyOut, type Part } from './copy-out.ts'
export { startEmbedded } from './embedded.ts'
export { migrate, migrationFiles, unknownMigrations } from './migrate.ts'
export { prepared } from './prepared.ts'
export { type Act, type Actor, isGone, type Scope, SYSTEM, transact } from './transact.ts'
