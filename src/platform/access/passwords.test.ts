import { expect, test } from 'vitest'
import { assertGoodPassword, initialPassword } from './passwords.ts'

const faultsOf = (password: string, login = 'wang'): string[] => {
  try {
    assertGoodPassword(password, login)
    return []
  } catch (error) {
    return (error as { data: { faults: string[] } }).data.faults
  }
}

test.each([
  'Password123',
  'P@ssw0rd2023!',
  'Welcome-2024',
  'Qwertyuiop1',
  'Admin@123456',
  'Qiangshi-2023',
  'Abcdefgh-123',
  '1qaz2wsx3edC',
  'Woaini-5201314'.slice(0, 6) + '-2023-1',
  'Jiaoshi#2025',
  'Aaaabbbb1111!Cccc',
])('%s is tried first by everybody', (password) => {
  expect(faultsOf(password)).toContain('common')
})

test.each(['Journey-2023', 'Another-Pass-1', 'Hedgehog7Lamp', '春风化雨Xy-9012', 'Kestrel!Tea4two'])(
  '%s is taken',
  (password) => {
    expect(faultsOf(password)).toEqual([])
  },
)

test('initial passwords keep the rule', () => {
  expect(Array.from({ length: 500 }, initialPassword).flatMap((password) => faultsOf(password))).toEqual([])
})

test('the other rules hold as well', () => {
  expect(faultsOf('Short-1')).toContain('short')
  expect(faultsOf('nothing but words')).toEqual(['plain'])
  expect(faultsOf('Wang-Hedgehog-7')).toEqual(['login'])
})
