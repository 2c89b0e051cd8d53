/** The demonstration year, killed in the middle: what was acknowledged must be in the database, and the rest can be done afterwards. */
import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { CLUSTER } from '../../src/platform/db/data-folder.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { connect } from '../../src/platform/db/index.ts'
import { running } from '../../src/platform/db/postmaster.ts'
import { type Ended, start } from './program.ts'

export type Line = { what: string; subject: string; person: string | null }

/** What was acknowledged so far, one line a command. A line that a kill cut off was never finished, and does not count. */
export async function journalOf(file: string): Promise<Line[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [what = '', subject = '', person = ''] = line.split('\t')
      return { what, subject, person: person || null }
    })
}

/** Lines of the journal that the database knows nothing of. The embedded server of the folder is started where it does not run. */
export async function lost(folder: string, journal: string): Promise<Line[]> {
  const lines = await journalOf(journal)
  const server = await startEmbedded({ folder })
  const owner = connect(server.url, { role: 'owner', max: 1 })
  try {
    const { rows } = await sql<Line>`select l.what, l.subject, l.person
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(what text, subject text, person uuid)
      left join training.enrolment e on l.person is not null and e.person_id = l.person and e.class_id::text = l.subject
      left join training.attendance a on l.person is not null and a.person_id = l.person and a.session_id::text = l.subject
      left join training.class c on c.id::text = l.subject
      left join training.audit u on u.org_id::text = l.subject and u.year = 2023
      where not coalesce(case l.what
        when 'share' then exists (select from training.quota q where q.class_id = c.id) and c.state <> 'planned'
        when 'propose' then e.person_id is not null
        when 'accept' then e.state in ('accepted', 'confirmed', 'passed', 'failed')
        when 'decline' then e.state = 'declined'
        when 'confirm' then c.state in ('confirmed', 'completed')
        when 'leave' then exists (select from training.leave_request r where r.person_id = l.person and r.session_id::text = l.subject and r.state <> 'asked')
        when 'hand' then a.mode = 'manual'
        when 'check-in' then a.state = 'present'
        when 'complete' then c.state = 'completed'
        when 'object' then exists (select from training.objection o where o.person_id::text = l.subject)
        when 'confirm-credits' then u.org_id is not null
        when 'check' then u.state in ('checked', 'locked')
        when 'lock' then exists (select from ledger.lock k where k.credit_year::text = l.subject)
        when 'acknowledge' then exists (select from training.circular i where i.id::text = l.subject and i.acknowledged_at is not null)
      end, false)`.execute(owner)
    return rows
  } finally {
    await owner.destroy()
    await server.stop()
  }
}

export type Year = { child: ChildProcess; ended: Promise<Ended> }

export const startYear = (folder: string, journal: string): Year =>
  start(['year', '--json', '--journal', journal], { QIANGSHI_DATA: folder, QIANGSHI_DEMO: '1' })

/** Waits until so many more commands were acknowledged. Throws when the program ended before. */
export async function acknowledged(year: Year, journal: string, more: number): Promise<void> {
  const before = (await journalOf(journal)).length
  let ended: Ended | undefined
  void year.ended.then((how) => {
    ended = how
  })
  while ((await journalOf(journal)).length < before + more) {
    if (ended) throw new Error(`the year ended too early: ${ended.stderr}`)
    await sleep(20)
  }
}

/** Kills the database server as a power cut would. */
export async function killDatabase(folder: string): Promise<void> {
  const server = await running(join(folder, CLUSTER))
  if (!server) throw new Error('no server runs on the folder')
  process.kill(server.pid, 'SIGKILL')
}
