/** The burden register: what may reach schools, what does, and what did without being registered. */
import { z } from 'zod'
import { civilDate, command, id, page, paging, query } from '../../platform/access/contract.ts'

export const KINDS = ['data', 'inspection', 'event', 'app', 'secondment', 'meeting'] as const
const kind = z.enum(KINDS)
const state = z.enum(['waiting', 'open', 'answered', 'declined', 'withdrawn', 'ended'])
const bilingual = z.object({ zh: z.string(), en: z.string() })
const reason = z.string().trim().min(2).max(300)
const locale = z.enum(['zh-CN', 'en']).default('zh-CN')
const ok = z.object({})

/** A figure of policy with what it rests on. */
const figure = z.object({
  value: z.number(),
  clause: z
    .object({
      document: z.string(),
      number: z.string().optional(),
      article: z.string().optional(),
      words: z.string().optional(),
    })
    .nullable(),
  confidence: z.enum(['L', 'F', 'S', 'P', 'M', 'U']),
})
export type Figure = z.infer<typeof figure>
const figures = z.object({
  events: figure.nullable(),
  data: figure.nullable(),
  listItems: figure.nullable(),
  inspectionCut: figure.nullable(),
  noticeMonths: figure.nullable(),
  secondmentMonths: figure.nullable(),
})

const basis = {
  document: z.string().trim().min(2).max(200),
  number: z.string().trim().max(60).default(''),
  article: z.string().trim().max(60).default(''),
}
const said = {
  kind,
  title: z.string().trim().min(2).max(120),
  about: z.string().trim().max(1000).default(''),
  asker: z.string().trim().min(2).max(80),
  ...basis,
}

const toRegister = z.object({
  /** The office that asks; the asker's own where absent. */
  orgId: id.optional(),
  ...said,
  /** Everything under an organisation, or these schools. */
  underId: id.optional(),
  schoolIds: z.array(id).max(500).default([]),
  listedId: id.optional(),
  from: civilDate,
  until: civilDate,
  items: z.number().int().min(0).max(9999),
  minutes: z.number().int().min(0).max(99_999),
  people: z.number().int().min(0).max(9999),
  schoolConsents: z.boolean().optional(),
  personConsents: z.boolean().optional(),
  /** Of a request for data: what is asked for, in words. What the record holds is answered by the product. */
  asks: z.array(z.string().trim().min(1).max(60)).max(60).default([]),
  /** Why it should go through although something is against it: a second person decides. */
  reason: reason.optional(),
})
export type ToRegister = z.infer<typeof toRegister>

const itemRow = z.object({
  id,
  ...said,
  about: z.string(),
  orgName: z.string(),
  listed: z.string().nullable(),
  from: z.string(),
  until: z.string(),
  year: z.number().int(),
  term: z.number().int(),
  items: z.number().int(),
  minutes: z.number().int(),
  people: z.number().int(),
  held: z.array(z.string()),
  asked: z.array(z.string()),
  state,
  against: z.array(z.string()),
  reason: z.string().nullable(),
  decided: z.string().nullable(),
  /** Schools that it reached, or is to reach, and how many are done. */
  schools: z.number().int(),
  done: z.number().int(),
  /** Registered by whoever looks: they may not decide on it. */
  own: z.boolean(),
})
export type ItemRow = z.infer<typeof itemRow>

const reachedRow = itemRow.omit({ schools: true, done: true, own: true, decided: true }).extend({
  schoolId: id,
  schoolName: z.string(),
  doneAt: z.string().nullable(),
})
export type ReachedRow = z.infer<typeof reachedRow>

const asked = z.object({
  term: z.object({ year: z.number().int(), term: z.number().int() }),
  figures,
  rows: z.array(reachedRow),
  /** Of this term. */
  counts: z.object({ events: z.number().int(), data: z.number().int(), minutes: z.number().int() }),
})

const match = z.object({
  label: z.string(),
  /** `group.field`; null where the record does not hold it. */
  id: z.string().nullable(),
  group: bilingual.nullable(),
  field: bilingual.nullable(),
})
const listedRow = z.object({
  id,
  kind: z.enum(['event', 'inspection']),
  title: z.string(),
  document: z.string(),
  number: z.string(),
  orgName: z.string(),
  announcedOn: z.string(),
  from: z.string(),
  endsOn: z.string().nullable(),
  /** Whether it may be changed by whoever looks. */
  own: z.boolean(),
})

const reportRow = z.object({
  id,
  schoolName: z.string().nullable(),
  kind,
  title: z.string(),
  asker: z.string(),
  words: z.string(),
  cameOn: z.string(),
  state: z.enum(['open', 'stopped', 'registered', 'groundless']),
  answer: z.string().nullable(),
  at: z.string(),
  answeredAt: z.string().nullable(),
})
export type ReportRow = z.infer<typeof reportRow>

const count = z.number().int()
const schoolRow = z.object({
  orgId: id,
  name: z.string(),
  events: count,
  data: count,
  inspections: count,
  apps: count,
  meetings: count,
  secondments: count,
  /** Minutes of everybody together. */
  minutes: count,
  /** Against a cap, or beyond a list. */
  over: count,
})
const boardAsk = z.object({
  orgId: id.optional(),
  year: z.coerce.number().int().min(2000).max(2200).optional(),
  term: z.coerce.number().int().min(1).max(2).optional(),
})
export type BoardAsk = z.infer<typeof boardAsk>

const READ = 'burden.item.read'
const WRITE = 'burden.item.write'

export const burdenContract = {
  register: command(WRITE, 'Register what is to go into schools; refused where a cap or a list is against it')
    .input(toRegister)
    .output(z.object({ itemId: id, state })),
  preview: query(WRITE, 'Which of what a request asks for the record holds already')
    .input(z.object({ text: z.string().max(2000) }))
    .output(z.array(match)),
  schools: query(WRITE, 'Schools that may be asked, and the offices above them').output(
    z.array(z.object({ id, name: z.string(), kind: z.string() })),
  ),
  items: query(READ, 'The register')
    .input(
      paging.extend({ kind: kind.optional(), state: state.optional(), search: z.string().trim().max(60).optional() }),
    )
    .output(page(itemRow)),
  item: query(READ, 'One entry of the register with the schools that it reached')
    .input(z.object({ itemId: id }))
    .output(
      itemRow.extend({
        reached: z.array(z.object({ orgId: id, name: z.string(), doneAt: z.string().nullable() })),
        fields: z.array(z.object({ id: z.string(), group: bilingual, field: bilingual })),
      }),
    ),
  withdraw: command(WRITE, 'Take something back; schools are told and it counts no more')
    .input(z.object({ itemId: id, reason }))
    .output(ok),
  decide: command('burden.exception', 'Let something through although a cap or a list is against it, or decline it')
    .input(z.object({ itemId: id, let: z.boolean(), reason }))
    .output(z.object({ state })),
  exportItems: query(READ, 'The register as .xlsx').input(z.object({ locale })).output(z.file()),
  exportAnswer: command(
    'burden.answer',
    'What the record holds of what a request asks for, of everybody in scope, as .xlsx',
  )
    .input(z.object({ itemId: id, locale }))
    .output(z.file()),

  lists: query(READ, 'White list and list of inspections, with how many there may be').output(
    z.object({
      rows: z.array(listedRow),
      figures,
      base: count.nullable(),
      inspectionsMost: count.nullable(),
      /** The earliest day on which something announced today may hold. */
      earliest: z.string(),
    }),
  ),
  addListed: command('burden.list.write', 'Put something on a list, with due notice')
    .input(
      z.object({
        kind: z.enum(['event', 'inspection']),
        title: z.string().trim().min(2).max(120),
        document: basis.document,
        number: basis.number,
        from: civilDate,
      }),
    )
    .output(z.object({ listedId: id })),
  endListed: command('burden.list.write', 'Take something off a list, with due notice')
    .input(z.object({ listedId: id, from: civilDate }))
    .output(ok),
  setBase: command('burden.list.write', 'Say how many inspections there were in 2019')
    .input(z.object({ items: z.number().int().min(0).max(9999) }))
    .output(ok),

  cleanUp: query(READ, 'Apps in use and whether they have been looked at this year')
    .input(z.object({ year: z.coerce.number().int().min(2000).max(2200).optional() }))
    .output(
      z.object({
        year: count,
        rows: z.array(
          itemRow.extend({ review: z.object({ verdict: z.enum(['keep', 'end']), reason: z.string() }).nullable() }),
        ),
      }),
    ),
  review: command('burden.review', 'Keep or end an app in the yearly clean-up')
    .input(z.object({ itemId: id, verdict: z.enum(['keep', 'end']), reason }))
    .output(ok),

  board: query('burden.board', 'How much reaches schools in a term, against the caps')
    .input(boardAsk)
    .output(
      z.object({
        org: z.object({ id, name: z.string() }),
        year: count,
        term: count,
        figures,
        schools: z.array(schoolRow),
        askers: z.array(z.object({ name: z.string(), items: count, minutes: count })),
        trend: z.array(z.object({ year: count, term: count, items: count, minutes: count, answered: count })),
        answered: count,
        waiting: count,
      }),
    ),
  exportBoard: query('burden.board', 'The same by school as .xlsx').input(boardAsk.extend({ locale })).output(z.file()),

  reports: query('burden.report.answer', 'What schools say reached them unregistered').output(z.array(reportRow)),
  answerReport: command('burden.report.answer', 'Say what came of it; the school is told')
    .input(z.object({ reportId: id, state: z.enum(['stopped', 'registered', 'groundless']), answer: reason }))
    .output(ok),

  asked: query('burden.school.read', 'What is asked of one’s school').output(asked),
  markDone: command('burden.school.write', 'Say that the school has done it')
    .input(z.object({ itemId: id, schoolId: id }))
    .output(ok),
  places: query('burden.school.write', 'Offices above the school that look into reports').output(
    z.array(z.object({ id, name: z.string() })),
  ),
  report: command('burden.school.write', 'Report what reached the school unregistered, by name or without')
    .input(
      z.object({
        toId: id,
        named: z.boolean(),
        kind,
        title: said.title,
        asker: said.asker,
        words: z.string().trim().min(2).max(1000),
        cameOn: civilDate,
      }),
    )
    .output(z.object({ reportId: id })),
  ownReports: query('burden.school.read', 'What one’s school has reported').output(
    z.array(reportRow.omit({ schoolName: true }).extend({ named: z.boolean() })),
  ),
  ofMySchool: query('burden.teacher.read', 'What is asked of the school where one works').output(asked),
}
