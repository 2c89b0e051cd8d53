/** Known holes in the packages that the product runs with, as npm's registry knows them. A registry that cannot be asked is told and fails nothing. */
import { spawn } from 'node:child_process'

/** From here on a hole fails the check; smaller ones are told. */
const SERIOUS = ['high', 'critical']
const PATIENCE = 60_000

/**
 * @param output what `npm audit --json` printed
 * @returns {{ state: 'clean' | 'told' | 'failed' | 'unknown', words: string }}
 */
export function verdictOf(output) {
  const report = parsed(output)
  const counts = report?.metadata?.vulnerabilities
  if (!counts) return { state: 'unknown', words: `the registry gave no answer${reasonIn(report)}: not checked` }
  const found = Object.values(report.vulnerabilities ?? {})
  if (found.length === 0) return { state: 'clean', words: '' }
  const words = found
    .map(({ name, severity, range, fixAvailable }) => {
      const remedy = fixAvailable
        ? fixAvailable.version
          ? `fixed in ${fixAvailable.name} ${fixAvailable.version}`
          : 'npm audit fix mends it'
        : 'no fix yet'
      return `  ${severity}: ${name} ${range} (${remedy})`
    })
    .sort()
    .join('\n')
  return { state: found.some(({ severity }) => SERIOUS.includes(severity)) ? 'failed' : 'told', words }
}

function parsed(output) {
  try {
    return JSON.parse(output)
  } catch {
    return undefined
  }
}

const reasonIn = (report) => {
  const reason = report?.error?.summary || report?.message
  return reason ? ` (${String(reason).split('\n')[0]})` : ''
}

/** Asks the registry that npm is set to, within a minute. */
export function auditDependencies(folder) {
  return new Promise((done) => {
    let output = ''
    const order = ['audit', '--omit=dev', '--json', '--fetch-retries=0']
    const child = spawn('npm', order, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: PATIENCE,
      shell: process.platform === 'win32',
    })
    child.stdout.on('data', (text) => (output += text))
    child.once('error', (error) => done(verdictOf(JSON.stringify({ message: error.message }))))
    child.once('close', () => done(verdictOf(output)))
  })
}
