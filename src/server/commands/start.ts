/** From nothing to a running product: database, migrations, demonstration district, web app, server. */
import type { Role } from '../../platform/access/index.ts'
import { assertReady } from '../ready.ts'
import { sentence, step } from '../say.ts'
import { readEnvironment } from '../settings.ts'

export async function run(): Promise<void> {
  const env = readEnvironment()
  await assertReady(env)
  // Loaded only now: who is refused need not wait for the whole house.
  const [{ openHouse }, { listen }, { demoAccounts, loadDemo }, { buildWeb }, { ROLES }] = await Promise.all([
    import('../house.ts'),
    import('../listen.ts'),
    import('../demo.ts'),
    import('../web-build.ts'),
    import('../../platform/access/index.ts'),
  ])
  const house = await openHouse(env, { onStep: step })
  const prepare = async () => {
    if (env.demo) {
      await loadDemo(house, step)
      house.settings.demoAccounts = await demoAccounts(house)
    }
    await buildWeb(step)
  }
  await listen(env, house, prepare, async () => {
    const accounts = house.settings.demoAccounts ?? []
    if (accounts.length === 0) return
    process.stdout.write(`${sentence('server.accounts', { password: accounts[0]!.password })}\n`)
    for (const { login, role, org } of accounts) {
      const { zh, en } = ROLES[role as Role]
      process.stdout.write(`  ${login.padEnd(14)} ${zh} ${en}  ${org}\n`)
    }
  })
}
