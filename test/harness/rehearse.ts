/**
 * A database on which everything happens and nothing stays: each transaction runs to its end, deferred constraints and all, and is then rolled
 * back. Whoever tries thousands of acts finds the same house before each of them, whatever the order.
 */
import { CamelCasePlugin, CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import { type Db, pool } from '../../src/platform/db/index.ts'

class Rehearsal extends PostgresDialect {
  override createDriver() {
    const driver = super.createDriver()
    driver.commitTransaction = async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('set constraints all immediate'))
      await connection.executeQuery(CompiledQuery.raw('rollback'))
    }
    return driver
  }
}

/** As the product connects, under its own role. */
export const rehearsing = (url: string, max = 6): Db =>
  new Kysely({
    dialect: new Rehearsal({ pool: pool(url, { max }) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
