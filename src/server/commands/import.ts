/** Takes a teacher roster in from the command line: through the same procedures, under the same permissions as on the screen. */
import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import { background } from '../background.ts'
import { type Caller, callerFor } from '../caller.ts'
import { type OpenHouse, openHouse, type Step } from '../house.ts'
import { locale, sentence, step } from '../say.ts'
import { readEnvironment } from '../settings.ts'

export type Imported = Omit<Awaited<ReturnType<Caller['records']['importOf']>>, 'changes'>

type Options = { as: string; faults?: string; check?: boolean; json?: boolean }

const EVERY = 300

export async function run(options: Options, file: string): Promise<Imported> {
  const bytes = await readFile(file)
  const house = await openHouse(readEnvironment(), { onStep: step })
  try {
    // The reading is background work; whether a server runs as well makes no difference.
    const jobs = await background(house, (text) => process.stderr.write(`${text}\n`))
    try {
      const done = await importRoster(house, { ...options, name: basename(file), bytes }, step)
      if (!options.json) print(done, options)
      if (done.faulty > 0) process.exitCode = 1
      return done
    } finally {
      await jobs.stop()
    }
  } finally {
    await house.close()
  }
}

/** Checks the roster and, unless it has faults or is only to be checked, applies it whole. Needs workers that run. */
export async function importRoster(
  house: OpenHouse,
  { as, check, faults, name, bytes }: Options & { name: string; bytes: Uint8Array<ArrayBuffer> },
  onStep: Step = () => {},
): Promise<Imported> {
  const caller = await callerFor(house, await accountOf(house, as))
  const { runId } = await caller.records.checkRoster({ file: new File([bytes], name) })
  const { importId } = (await finished(caller, runId, onStep)) as { importId: string }
  const { changes: _changes, ...checked } = await caller.records.importOf({ importId })
  if (checked.faulty > 0 && faults !== undefined) {
    const workbook = await caller.records.faultyRows({ importId, locale })
    await writeFile(faults, new Uint8Array(await workbook.arrayBuffer()), { flag: 'wx' })
  }
  if (checked.faulty > 0 || check) return checked
  await finished(caller, (await caller.records.applyRoster({ importId })).runId, onStep)
  const { changes: _done, ...applied } = await caller.records.importOf({ importId })
  return applied
}

async function accountOf(house: OpenHouse, login: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select a.id from access.account a
    where a.login = lower(${login}) and a.disabled_at is null`.execute(house.owner)
  if (!rows[0]) throw new Refusal('invalid', 'server.no_such_login', { login })
  return rows[0].id
}

/** Waits for the background and tells how far it is. */
async function finished(caller: Caller, runId: string, onStep: Step): Promise<unknown> {
  for (let told = ''; ; await sleep(EVERY)) {
    const { state, message, result, error } = await caller.desk.job({ id: runId })
    if (state === 'done') return result
    if (state === 'failed' || state === 'cancelled')
      throw new Refusal('refused', error?.code ?? 'server.cancelled', error?.data ?? {})
    if (message && JSON.stringify(message) !== told) {
      told = JSON.stringify(message)
      onStep(message.code, message.data)
    }
  }
}

/** What there is to say about the file: notices, then each fault by sheet, row and cell. */
export const linesOf = ({ notices, faults }: Imported, language = locale): string[] =>
  [...notices, ...faults].map(({ zh, en }) => (language === 'en' ? en : zh))

function print(imported: Imported, { faults: workbook }: Options): void {
  const { faults: _faults, notices: _notices, ...counts } = imported
  for (const line of linesOf(imported)) process.stdout.write(`${line}\n`)
  const how = counts.applied ? 'applied' : counts.faulty > 0 ? 'faulty' : 'checked'
  process.stdout.write(`${sentence(`server.import_${how}`, counts)}\n`)
  if (counts.faulty > 0 && workbook) process.stdout.write(`${sentence('server.import_workbook', { path: workbook })}\n`)
}
