/** Receipts: random, of the length that the server takes, and short enough to compare. */
import { expect, it } from 'vitest'
import { inGroups, newReceipt } from './receipts.ts'

it('makes 32 random bytes as hex', () => {
  const made = Array.from({ length: 200 }, newReceipt)
  expect(made.every((one) => /^[0-9a-f]{64}$/.test(one))).toBe(true)
  expect(new Set(made).size).toBe(200)
})
it('shows the beginning in groups', () => {
  expect(inGroups('0123456789abcdef'.repeat(4))).toBe('0123 4567 89ab cdef')
})
