/** Sizes of panels, quorums and majorities at their boundaries (职称评审管理暂行规定: two thirds of those present). */
import { describe, expect, it } from 'vitest'
import { hasPassed, leastOf, quorumOf, reaches, type Share, wrongSize } from './quorum.ts'

const TWO_THIRDS: Share = [2, 3]
const HALF: Share = [1, 2]

describe('the least number that reaches a share', () => {
  it.each([
    ['two thirds of 11', 11, TWO_THIRDS, 8],
    ['two thirds of 9', 9, TWO_THIRDS, 6],
    ['two thirds of 25', 25, TWO_THIRDS, 17],
    ['half of 5', 5, HALF, 3],
    ['half of 4', 4, HALF, 2],
    ['all of 7', 7, [1, 1] as Share, 7],
    ['a third of 100', 100, [1, 3] as Share, 34],
  ])('%s', (_name, whole, share, least) => {
    expect(leastOf(whole, share)).toBe(least)
    expect(reaches(least, whole, share)).toBe(true)
    expect(reaches(least - 1, whole, share)).toBe(false)
  })
})

describe('how many members a panel needs', () => {
  it.each([
    ['ten of at least 11', 10, 'too_few'],
    ['eleven', 11, null],
    ['twelve is even', 12, 'even'],
    ['thirteen', 13, null],
  ] as const)('%s', (_name, members, expected) => expect(wrongSize({ seats: 11, odd: true }, members)).toBe(expected))
  it('takes even numbers where nobody asks for odd ones', () => {
    expect(wrongSize({ seats: 4, odd: false }, 4)).toBeNull()
  })
})

describe('the quorum of a case', () => {
  const rows = [
    ['eight of 11 present', { members: 11, present: 8, recused: 0, recusedPresent: 0 }, 8, 8, true],
    ['seven of 11 present', { members: 11, present: 7, recused: 0, recusedPresent: 0 }, 7, 8, false],
    ['one of eight recused: 7 of 10', { members: 11, present: 8, recused: 1, recusedPresent: 1 }, 7, 7, true],
    ['an absent member recused: 8 of 10', { members: 11, present: 8, recused: 1, recusedPresent: 0 }, 8, 7, true],
    ['three of eight recused: 5 of 8', { members: 11, present: 8, recused: 3, recusedPresent: 3 }, 5, 6, false],
    ['two of eight recused: 6 of 9', { members: 11, present: 8, recused: 2, recusedPresent: 2 }, 6, 6, true],
    ['two ballots would not be secret', { members: 3, present: 3, recused: 1, recusedPresent: 1 }, 2, 3, false],
    ['three are', { members: 3, present: 3, recused: 0, recusedPresent: 0 }, 3, 3, true],
  ] as const
  it.each(rows)('%s', (_name, there, entitled, needed, quorate) => {
    expect(quorumOf({ attendance: TWO_THIRDS }, there)).toMatchObject({ entitled, needed, quorate })
  })
})

describe('whether a case has passed', () => {
  it.each([
    ['8 of 11 present', 8, 11, TWO_THIRDS, true],
    ['7 of 11 present', 7, 11, TWO_THIRDS, false],
    ['6 of 9, exactly two thirds', 6, 9, TWO_THIRDS, true],
    ['5 of 9', 5, 9, TWO_THIRDS, false],
    ['half of ten, where half is enough', 5, 10, HALF, true],
    ['nobody is entitled', 0, 0, TWO_THIRDS, false],
    ['all of seven', 7, 7, [1, 1] as Share, true],
    ['all but one of seven', 6, 7, [1, 1] as Share, false],
  ] as const)('%s', (_name, ayes, entitled, pass, passed) => expect(hasPassed({ pass }, ayes, entitled)).toBe(passed))
})
