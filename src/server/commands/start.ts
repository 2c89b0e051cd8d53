/** From nothing to a running product: database, migrations, demonstration district, web app, server. */
import { loadDemo } from '../demo.ts'
import { openHouse } from '../house.ts'
import { sentence, step } from '../say.ts'
import { readEnvironment } from '../settings.ts'
import { buildWeb } from '../web-build.ts'
import { listen } from './serve.ts'

export async function run(): Promise<void> {
  const env = readEnvironment()
  const house = await openHouse(env, { onStep: step })
  try {
    if (env.demo) await loadDemo(house, step)
    await buildWeb(step)
  } catch (error) {
    await house.close()
    throw error
  }
  const accounts = env.demo ? await (await import('../demo.ts')).demoAccounts(house) : []
  await listen(env, house, () => {
    if (accounts.length === 0) return
    process.stdout.write(`${sentence('server.accounts', { password: accounts[0]!.password })}\n`)
    for (const { login, role, org } of accounts) process.stdout.write(`  ${login.padEnd(14)} ${role}  ${org}\n`)
  })
}
