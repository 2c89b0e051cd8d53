/** Attendance without network: the list of a session as a workbook to sign, and the signed list read back. */

import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { defineSheet, exportFile, type Fault, type Locale, readSheet } from '../../../platform/sheets/index.ts'
import { attendanceOf, sessionsOf } from '../queries/sessions.ts'
import type { TrainingTables } from '../tables.ts'
import { recordPresence } from './attend.ts'
import { doorsOf } from './figures.ts'

const title = { zh: '培训签到名册', en: 'Attendance list' }

/** The signed list: who has a tick was there. */
export const signedList = defineSheet({
  name: 'training.attendance',
  title,
  columns: [
    {
      key: 'number',
      header: { zh: '教职工号', en: 'Teacher number' },
      aliases: ['工号', '教师编号', '编号'],
      kind: 'text',
      required: true,
      unique: true,
      halfWidth: true,
    },
    { key: 'name', header: { zh: '姓名', en: 'Name' }, kind: 'text', required: true, personName: true },
    { key: 'orgName', header: { zh: '学校', en: 'School' }, aliases: ['单位'], kind: 'text' },
    {
      key: 'present',
      header: { zh: '到场（√）', en: 'Present (√)' },
      aliases: ['到场', '签到', '是否到场', '出勤'],
      kind: 'yesNo',
      required: true,
      blankMeans: false,
    },
  ],
  messages: {
    'zh-CN': {
      'training.list_not_in_class': '该教职工号不在本场次名单中',
      'training.list_other_name': '姓名与名单不符，名单上为“{name}”',
    },
    en: {
      'training.list_not_in_class': 'This teacher number is not on the list of the session',
      'training.list_other_name': 'The name differs from the list, which has “{name}”',
    },
  },
})

/** The people expected in a session, with an empty column to tick. */
export async function attendanceSheet(act: Act<TrainingTables>, sessionId: string, locale: Locale): Promise<File> {
  const [session] = await sessionsOf(act, { sessionId })
  if (!session) throw notFound('session')
  const people = await attendanceOf(act, sessionId)
  const rows = people.map(({ number, name, orgName, state }) => ({
    number,
    name,
    orgName,
    present: state === 'present' ? true : null,
  }))
  const list = {
    title,
    columns: signedList.columns,
    rows,
    locale,
    at: new Date(act.now),
    note: `${session.title} · ${session.place}`,
  }
  return exportFile(list, `${locale === 'en' ? title.en : title.zh} ${session.title}`)
}

export type ListOutcome = { recorded: number; already: number; faults: { cell: string; code: string; value: string }[] }

/** Reads a signed list. One fault and nothing is recorded; reading the same list again records nothing new. */
export async function importAttendance(act: Act<TrainingTables>, sessionId: string, file: File): Promise<ListOutcome> {
  const { opensMinutes } = await doorsOf(act, sessionId)
  const reading = await readSheet(Buffer.from(await file.arrayBuffer()), signedList, { asOf: act.today })
  const people = new Map((await attendanceOf(act, sessionId)).map((person) => [person.number, person]))
  const faults = reading.faults.map(plain)
  const letter = (key: 'number' | 'name') => reading.columns[key]?.letter ?? '?'
  for (const { row, values } of reading.rows) {
    const person = people.get(values.number)
    if (!person)
      faults.push({ cell: `${letter('number')}${row}`, code: 'training.list_not_in_class', value: values.number })
    else if (person.name !== values.name)
      faults.push({ cell: `${letter('name')}${row}`, code: 'training.list_other_name', value: values.name })
  }
  if (faults.length > 0) return { recorded: 0, already: 0, faults }
  const ticked = reading.rows
    .filter(({ values }) => values.present)
    .map(({ values }) => people.get(values.number)!.personId)
  const recorded = await recordPresence(
    act,
    { sessionId, personIds: ticked, reason: file.name, mode: 'roster' },
    opensMinutes,
  )
  return { recorded, already: ticked.length - recorded, faults: [] }
}

const plain = (fault: Fault) => ({ cell: fault.cell ?? `${fault.row}`, code: fault.code, value: fault.value ?? '' })
