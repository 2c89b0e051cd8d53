import { describe, expect, it } from 'vitest'
import { showCode, verifyDigits, verifyToken } from './check-in.ts'

const key = Buffer.alloc(32, 7)
const session = '01890000-0000-7000-8000-000000000001'
const other = '01890000-0000-7000-8000-000000000002'
const timing = { periodSeconds: 5, graceSteps: 3 }
const shownAt = '2023-04-08T01:00:02.000Z'
const { token, code } = showCode(key, session, shownAt, timing)

describe('the check-in code', () => {
  it.each([
    // when it is used, is it taken
    ['2023-04-08T01:00:02.000Z', true],
    ['2023-04-08T01:00:19.999Z', true],
    ['2023-04-08T01:00:20.000Z', false],
    ['2023-04-08T01:01:02.000Z', false],
    ['2023-04-08T00:59:59.000Z', false],
  ])('used at %s', (now, taken) => {
    expect(verifyToken(key, token, now, timing).ok).toBe(taken)
    expect(verifyDigits(key, session, code, now, timing) === 'ok').toBe(taken)
  })

  it('says when it has expired', () => {
    expect(verifyToken(key, token, '2023-04-08T01:01:02.000Z', timing)).toEqual({ ok: false, why: 'expired' })
    expect(verifyDigits(key, session, code, '2023-04-08T01:01:02.000Z', timing)).toBe('expired')
  })

  it('tells digits that were never shown from digits that were shown before', () => {
    const mistyped = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    expect(verifyDigits(key, session, mistyped, shownAt, timing)).toBe('wrong')
  })

  it('changes every period and belongs to one session', () => {
    expect(showCode(key, session, '2023-04-08T01:00:05.000Z', timing).token).not.toBe(token)
    expect(showCode(key, session, '2023-04-08T01:00:04.999Z', timing).token).toBe(token)
    const moved = token.replace(session, other)
    expect(verifyToken(key, moved, shownAt, timing)).toEqual({ ok: false, why: 'forged' })
    expect(verifyDigits(key, other, code, shownAt, timing)).toBe('wrong')
  })

  it('cannot be made without the key, nor by prolonging an old one', () => {
    const forged = showCode(Buffer.alloc(32, 8), session, shownAt, timing).token
    expect(verifyToken(key, forged, shownAt, timing)).toEqual({ ok: false, why: 'forged' })
    const [id, step, mac] = token.split('.') as [string, string, string]
    const prolonged = `${id}.${Number(step) + 12}.${mac}`
    expect(verifyToken(key, prolonged, '2023-04-08T01:01:02.000Z', timing)).toEqual({ ok: false, why: 'forged' })
  })

  it.each(['', 'x', `${session}.1`, `${token}=`, `${token}\n`, '中文'])('refuses %j as malformed', (text) => {
    expect(verifyToken(key, text, shownAt, timing)).toEqual({ ok: false, why: 'malformed' })
  })

  it.each(['', '12', 'abcdef', '1234567', '一二三四五六'])('refuses the digits %j', (text) => {
    expect(verifyDigits(key, session, text, shownAt, timing)).toBe('wrong')
  })
})
