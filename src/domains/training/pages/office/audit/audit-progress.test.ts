import { expect, it } from 'vitest'
import type { AuditRow } from '../training.ts'
import { progressOf } from './audit-progress.ts'

const school = (state: string | null, credits: string, sealedCredits: string | null = null) =>
  ({ state, credits, sealedCredits, teachers: 2, compliant: 1, entries: 3, openObjections: 0 }) as AuditRow

it('counts schools by state, and what was sealed as it was sealed', () => {
  const all = progressOf([
    school(null, '1.00'),
    school('checked', '2.50'),
    // Something was taken back after the lock.
    school('locked', '3.00', '5.00'),
    school('locked', '4.00', '4.00'),
  ])
  expect(all).toMatchObject({
    schools: 4,
    count: { open: 1, confirmed: 0, checked: 1, locked: 2 },
    credits: '10.5',
    ready: { schools: 1, credits: '2.5' },
    sealed: '9',
  })
})
