import { expect, test } from 'vitest'
import { maskMail, maskPhone, maskTail } from './mask.ts'

test.each([
  [maskPhone, '13812345678', '138****5678'],
  [maskPhone, '+85291234567', '**********67'],
  [maskPhone, '12', '*2'],
  [maskMail, 'zhangsan@example.cn', 'z***@example.cn'],
  [maskMail, '张三@例子.中国', '张***@例子.中国'],
  [maskMail, '@example.cn', '***'],
  [maskMail, 'nobody', '***'],
  [maskTail, '6222021234567890123', '***************0123'],
  [maskTail, '12345', '***45'],
  [maskTail, '', ''],
])('%o shows %s as %s', (mask, text, shown) => {
  expect(mask(text)).toBe(shown)
})
