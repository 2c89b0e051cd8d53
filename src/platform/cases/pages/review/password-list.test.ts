import { expect, it } from 'vitest'
import { passwordList } from './password-list.ts'

it('opens as it is in a spreadsheet: names with commas and quotes whole, nothing computed', () => {
  const rows = [
    ['周外', 'zhou.wai', 'aB"3,x'],
    ['=1+1', 'x', '-y'],
  ]
  expect(passwordList(['姓名', '登录名', '密码'], rows)).toBe(
    '\ufeff"姓名","登录名","密码"\r\n"周外","zhou.wai","aB""3,x"\r\n"\'=1+1","x","\'-y"\r\n',
  )
})
