/** A person's dated facts as one course of events, the newest first; what began together in one stage stands together. */
import type { Person } from './records.ts'

export const PARTS = ['employment', 'teaching', 'title', 'post', 'honour', 'education'] as const
export type Part = (typeof PARTS)[number]

export type Event = {
  key: string
  part: Part
  from: string | null
  until: string | null
  /** Codes to be worded by the part's table; an honour may bring its own name. */
  codes: string[]
  name?: string | null
  stage?: string
  orgName?: string
  category?: string
  basis?: string
  kind?: string
  level?: string
  degree?: string | null
  endReason?: string | null
}

export function historyOf(person: Person): Event[] {
  const teachings = new Map<string, Event>()
  for (const { id, stage, subject, from, until } of person.teachings) {
    const together = `${stage}/${from}/${until}`
    const known = teachings.get(together)
    if (known) known.codes.push(subject)
    else teachings.set(together, { key: id, part: 'teaching', from, until, stage, codes: [subject] })
  }
  const events: Event[] = [
    ...person.employments.map(({ id, from, until, ...more }) => ({
      key: id,
      part: 'employment' as const,
      from,
      until,
      codes: [],
      ...more,
    })),
    ...teachings.values(),
    ...person.titles.map(({ id, code, name, from, until }) => ({
      key: id,
      part: 'title' as const,
      from,
      until,
      codes: [code],
      name,
    })),
    ...person.postHistory.map(({ id, code, name, from, until, orgName }) => ({
      key: id,
      part: 'post' as const,
      from,
      until,
      codes: [code],
      name,
      orgName,
    })),
    ...person.honours.map(({ id, code, name, level, awardedOn, from, until }) => ({
      key: id,
      part: 'honour' as const,
      from: awardedOn ?? from,
      until,
      codes: [code],
      name,
      level,
    })),
    ...person.educations.map(({ id, level, degree, institution, major, graduatedOn }) => ({
      key: id,
      part: 'education' as const,
      from: graduatedOn,
      until: null,
      codes: [level],
      name: [institution, major].filter(Boolean).join(' · ') || null,
      degree,
    })),
  ]
  const place = ({ part }: Event) => PARTS.indexOf(part)
  return events.sort((a, b) => (b.from ?? '').localeCompare(a.from ?? '') || place(a) - place(b))
}
