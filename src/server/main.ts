/** The command line: one program for serving, maintaining and trying out the product. */
import { Command, CommanderError } from 'commander'
import { explainFailure } from './say.ts'

const VERSION = '0.1.0'
const program = new Command('qiangshi')
  .description('强师 Qiangshi: the teacher-workforce policy of a city as one running system')
  .version(VERSION)
  .exitOverride()

const collect = (one: string, others: string[]): string[] => [...others, one]

/** Adds a command whose module is loaded only when it runs. */
function add(
  name: string,
  description: string,
  load: () => Promise<{ run(options: Record<string, unknown>, ...args: string[]): Promise<unknown> }>,
): Command {
  const command = program.command(name).description(description).option('--json', 'print the result as one JSON object')
  command.action(async (...given: unknown[]) => {
    const options = given.at(-2) as Record<string, unknown>
    const args = given.slice(0, -2) as string[]
    const result = await (await load()).run(options, ...args)
    if (options.json && result !== undefined) process.stdout.write(`${JSON.stringify(result)}\n`)
  })
  return command
}

add(
  'start',
  'open the database, migrate, load the demonstration district when empty, build the web app, serve',
  () => import('./commands/start.ts'),
)
add(
  'serve',
  'serve only: brings the database up to date; the web app must be built',
  () => import('./commands/serve.ts'),
)
add(
  'init',
  'begin an installation: municipality, districts and the first administrator, once',
  () => import('./commands/init.ts') as never,
)
  .requiredOption('--municipality <name>', 'name of the municipality')
  .option(
    '--district <name[=authority]>',
    'a district, with a pack of its own if it has one; may be repeated',
    collect,
    [],
  )
  .requiredOption('--authority <pack>', 'pack whose parameters hold, for instance chongqing')
  .requiredOption('--login <login>', 'login name of the first administrator')
  .option('--name <name>', 'name of the first administrator', '系统管理员')
add('migrate', 'bring the database up to this program', () => import('./commands/migrate.ts'))
add('demo', 'load the demonstration district into an empty database', () => import('./commands/demo.ts'))
add(
  'year',
  'perform a whole training year of the demonstration district through the product’s own commands',
  () => import('./commands/year.ts'),
).option('--journal <file>', 'append every acknowledged command to this file')
add('import', 'import a teacher roster (.xlsx)', () => import('./commands/import.ts'))
  .argument('<file>', 'the workbook')
  .requiredOption('--as <login>', 'account under whose permissions the import runs')
  .option('--faults <file>', 'write the faulty rows back as a workbook')
  .option('--check', 'check only, change nothing')
add(
  'backup',
  'write a consistent copy of database and files, while serving',
  () => import('./commands/backup.ts'),
).argument('<file>', 'the copy to write')
add('restore', 'restore a copy into an empty database', () => import('./commands/restore.ts')).argument(
  '<file>',
  'the copy to read',
)
add(
  'reseal',
  'seal what is kept encrypted anew, while serving; without options what an earlier switch has left',
  () => import('./commands/reseal.ts'),
)
  .option('--suite <suite>', 'from now on aes (AES-256-GCM, HMAC-SHA-256) or sm4 (SM4-CTR, HMAC-SM3)')
  .option('--new-key', 'from now on a new version of the key')
add('verify', 'check the audit trail and the ledger for tampering', () => import('./commands/verify.ts') as never)
  .argument('[totals]', 'a file of audit totals that was kept outside: the trail is held to it as well')
  .option('--offline', 'check only the file, without database and data folder')
  .option('--fingerprint <hex>', 'of the key that must have signed the file; without it the one of this installation')
add(
  'verify-credential',
  'check a credential that somebody shows, with the published key alone',
  () => import('./commands/verify-credential.ts') as never,
)
  .argument('<file>', 'the credential: a bare file, a badge picture or an enveloped one')
  .option('--key <file>', 'published keys (JWKS or DID document); nothing is asked of anybody then')
  .option('--status <file>', 'the issuer’s list of revoked credentials, downloaded')
add(
  'policy',
  'check the policy packs of a folder, run their worked cases, or tell what a change of them changes',
  () => import('./commands/policy.ts'),
)
  .argument('<act>', 'check, test or diff')
  .argument(
    '[folder]',
    'the packs; those of the product when absent. For diff: a folder, or a loaded version authority@hash',
  )
  .argument('[after]', 'diff: what it is compared with; the packs of the product when absent')
add('doctor', 'say what is wrong and what to do about it', () => import('./commands/doctor.ts'))

try {
  await program.parseAsync()
} catch (error) {
  // What is wrong with the words of the command line has been said already; help and version are no failures.
  const usage = error instanceof CommanderError ? error : undefined
  if (!usage) process.stderr.write(`${explainFailure(error)}\n`)
  if (process.argv.includes('--json') && usage?.exitCode !== 0) {
    const code = usage ? usage.code.replace(/^commander/, 'usage') : ((error as { code?: string }).code ?? 'fault')
    process.stdout.write(`${JSON.stringify({ error: code })}\n`)
  }
  process.exitCode = usage?.exitCode ?? 1
}
