/** From nothing to a running product: database, migrations, demonstration district, web app, server. */
import { assertReady } from '../ready.ts'
import { sentence, step } from '../say.ts'
import { readEnvironment } from '../settings.ts'

export async function run(): Promise<void> {
  const env = readEnvironment()
  await assertReady(env)
  // Loaded only now: who is refused need not wait for the whole house.
  const [{ openHouse }, { listen }, { demoAccounts, loadDemo }, { buildWeb }] = await Promise.all([
    import('../house.ts'),
    import('../listen.ts'),
    import('../demo.ts'),
    import('../web-build.ts'),
  ])
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
