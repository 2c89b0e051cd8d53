/** For people who keep packs in git: whether a folder of packs is right, and whether its worked cases come out as written. */
import { resolve } from 'node:path'
import { Refusal } from '../../base/errors.ts'
import { callsBeside } from '../../platform/cases/index.ts'
import { PACKS, readPacks, runCases } from '../../platform/policy/index.ts'
import { facts } from '../modules.ts'
import { locale, sentence } from '../say.ts'
import { words as changes, type Difference, difference } from './policy-diff.ts'

type Problem = { file: string; line: number; column: number; zh: string; en: string }
type Checked = {
  sound: boolean
  packs: {
    authority: string
    version: string
    parameters: number
    requirements: number
    cases: number
    calls: number
  }[]
  problems: Problem[]
  cases: { authority: string; set: string; name: string; passed: boolean; differs: string[] }[]
}

/**
 * `policy check [folder]` reads; `policy test [folder]` runs the cases as well; exit code 1 where anything is wrong.
 * `policy diff <before> [after]` tells what changes, between folders or loaded versions.
 */
export async function run(options: { json?: boolean }, act: 'diff', before: string, after?: string): Promise<Difference>
export async function run(options: { json?: boolean }, act: string, folder?: string): Promise<Checked>
export async function run(
  options: { json?: boolean },
  act: string,
  folder?: string,
  after?: string,
): Promise<Checked | Difference> {
  if (act === 'diff' && folder !== undefined) return compared(options, folder, after ?? PACKS)
  if (act !== 'check' && act !== 'test') throw new Refusal('invalid', 'server.policy_act', { act })
  const checked = await check(folder ? resolve(folder) : PACKS, act === 'test')
  if (!options.json) process.stdout.write(`${words(checked, act === 'test').join('\n')}\n`)
  if (!checked.sound) process.exitCode = 1
  return checked
}

async function compared(options: { json?: boolean }, before: string, after: string): Promise<Difference> {
  const found = await difference(before, after).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'policy.pack_invalid')
      process.stderr.write(`${problemLines(error.data.problems as Problem[]).join('\n')}\n`)
    throw error
  })
  if (!options.json) process.stdout.write(`${changes(found).join('\n')}\n`)
  return found
}

async function check(folder: string, withCases: boolean): Promise<Checked> {
  try {
    const packs = await readPacks(folder, facts)
    const calls = await callsBeside(folder, packs, facts)
    if (calls.problems.length > 0) return { sound: false, packs: [], problems: calls.problems, cases: [] }
    const cases = withCases ? runCases(packs, facts) : []
    return {
      sound: cases.every(({ passed }) => passed),
      packs: packs.map(({ authority, version, parameters, requirements, cases: worked }) => ({
        authority,
        version,
        parameters: parameters.length,
        requirements: requirements.length,
        cases: worked.length,
        calls: calls.templates.filter((one) => one.authority === authority).length,
      })),
      problems: [],
      cases,
    }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'policy.pack_invalid') throw error
    return { sound: false, packs: [], problems: error.data.problems as Problem[], cases: [] }
  }
}

const problemLines = (problems: readonly Problem[]): string[] =>
  problems.map(({ file, line, column, zh, en }) => `${file}:${line}:${column} ${locale === 'en' ? en : zh}`)

function words({ sound, packs, problems, cases }: Checked, withCases: boolean): string[] {
  if (problems.length > 0) {
    return [...problemLines(problems), sentence('server.policy_invalid', { count: problems.length })]
  }
  const lines = packs.map((pack) => sentence('server.policy_pack', pack))
  if (!withCases) return [...lines, sentence('server.policy_right')]
  const failed = cases.filter(({ passed }) => !passed)
  const told = failed.flatMap(({ authority, set, name, differs }) => [
    `✗ ${authority} ${set}: ${name}`,
    ...differs.map((one) => `    ${one}`),
  ])
  return [
    ...lines,
    ...told,
    sentence('server.policy_cases', {
      passed: cases.length - failed.length,
      failed: failed.length,
      sound: String(sound),
    }),
  ]
}
