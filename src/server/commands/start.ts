/** From nothing to a running product: database, migrations, demonstration district, web app, server. */
import { demoAccounts, loadDemo } from '../demo.ts'
import { openHouse } from '../house.ts'
import { sentence, step } from '../say.ts'
import { readEnvironment } from '../settings.ts'
import { buildWeb } from '../web-build.ts'
import { assertReady, listen } from './serve.ts'

export async function run(): Promise<void> {
  const env = readEnvironment()
  await assertReady(env)
  const house = await openHouse(env, { onStep: step })
  const prepare = async () => {
    if (env.demo) await loadDemo(house, step)
    await buildWeb(step)
  }
  await listen(env, house, prepare, async () => {
    const accounts = env.demo ? await demoAccounts(house) : []
    if (accounts.length === 0) return
    process.stdout.write(`${sentence('server.accounts', { password: accounts[0]!.password })}\n`)
    for (const { login, role, org } of accounts) process.stdout.write(`  ${login.padEnd(14)} ${role}  ${org}\n`)
  })
}
