/** From nothing to a running product: database, migrations, demonstration district, web app, server. */
import type { Role } from '../../platform/access/index.ts'
import type { OpenHouse } from '../house.ts'
import { assertReady } from '../ready.ts'
import { sentence, step } from '../say.ts'
import { readEnvironment } from '../settings.ts'
import { watchSignals } from '../signals.ts'

export async function run({ json }: { json?: boolean }): Promise<void> {
  const env = readEnvironment()
  await assertReady(env)
  const signals = watchSignals()
  // Loaded only now: who is refused need not wait for the whole house.
  const [{ openHouse }, { listen }, { demoAccounts, loadDemo }, { hasAccounts }, { buildWeb }, { ROLES }] =
    await Promise.all([
      import('../house.ts'),
      import('../listen.ts'),
      import('../demo.ts'),
      import('../first.ts'),
      import('../web-build.ts'),
      import('../../platform/access/index.ts'),
    ])
  const prepare = async (house: OpenHouse) => {
    if (env.demo) {
      await loadDemo(house, step)
      house.settings.demoAccounts = await demoAccounts(house)
    } else if (!(await hasAccounts(house.owner))) step('server.no_accounts')
    await buildWeb(step)
  }
  const ready = ({ settings: { demoAccounts: accounts = [] } }: OpenHouse) => ({
    words:
      accounts.length === 0
        ? []
        : [
            sentence('server.accounts', { password: accounts[0]!.password }),
            ...accounts.map(({ login, role, org }) => {
              const { zh, en } = ROLES[role as Role]
              return `  ${login.padEnd(14)} ${zh} ${en}  ${org}`
            }),
          ],
    data: accounts.length === 0 ? {} : { accounts },
  })
  await listen({ env, signals, json, open: () => openHouse(env, { onStep: step }), prepare, ready })
}
