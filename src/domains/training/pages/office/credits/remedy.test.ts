import { describe, expect, it } from 'vitest'
import { areHours, blankRemedy, remedyOf } from './remedy.ts'

const entry = {
  id: 'e',
  title: '培训',
  titleEn: '',
  kind: 'online',
  level: 'city',
  hours: '10.00',
  credits: '2.00',
  occurredOn: '2023-04-01',
  certificate: null,
}

describe('the remedy for an upheld objection', () => {
  it('to an entry begins with what is there and waits for the choice', () => {
    const values = blankRemedy({ entry })
    expect(values).toMatchObject({ hours: '10', kind: 'online', level: 'city' })
    expect(remedyOf({ entry }, values)).toBeNull()
    expect(remedyOf({ entry }, { ...values, as: 'take_back' })).toEqual({ as: 'take_back' })
    expect(remedyOf({ entry }, { ...values, as: 'correct', hours: ' 12.5 ' })).toEqual({
      as: 'correct',
      kind: 'online',
      level: 'city',
      hours: '12.5',
      intoOpenYear: false,
    })
  })

  it('to a missing entry needs everything that an entry has', () => {
    const whole = {
      ...blankRemedy({ entry: null }),
      hours: '6',
      occurredOn: '2023-04-01',
      title: '研修',
      evidence: '证书',
    }
    expect(remedyOf({ entry: null }, whole)).toMatchObject({ as: 'enter', title: '研修' })
    for (const gap of [{ hours: '' }, { occurredOn: '' }, { title: ' ' }, { evidence: '' }])
      expect(remedyOf({ entry: null }, { ...whole, ...gap })).toBeNull()
  })

  it.each([
    ['6', true],
    ['0.5', true],
    ['999.99', true],
    ['0', false],
    ['1000', false],
    ['1.234', false],
    ['-6', false],
    ['六', false],
  ])('hours %s: %s', (typed, good) => expect(areHours(typed)).toBe(good))
})
