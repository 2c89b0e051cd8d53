/** The names and types of what the product's own packs ask for, without the domains that own them. */
import { sql } from 'kysely'
import type { FactDeclaration, FactSource } from './facts.ts'

const fact = (type: FactDeclaration['type']): FactDeclaration => ({
  type,
  title: { zh: '事实', en: 'fact' },
  ask: { zh: '某人', en: 'somebody' },
})

export const FACTS: FactSource = {
  facts: {
    'credits.cycle': fact('number'),
    'credits.concentrated': fact('number'),
    'credits.by_kind': fact('amounts'),
    'cycle.elapsed': fact('number'),
    'cycle.years': fact('number'),
    'hours.cycle': fact('number'),
    'hours.year': fact('number'),
    'person.born': fact('date'),
    'person.sex': fact('text'),
    'employment.since': fact('date'),
    'employment.basis': fact('text'),
    'title.level': fact('text'),
    'title.since': fact('date'),
    'teaching.stages': fact('texts'),
    'education.degree': fact('text'),
    'education.levels': fact('texts'),
  },
  rows: ({ people }) => sql`select q.person_id from ${people} q`,
}
