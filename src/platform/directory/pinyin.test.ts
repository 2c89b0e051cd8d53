import { expect, test } from 'vitest'
import { readName, readPersonName } from './pinyin.ts'

test.each([
  ['张三', 'zhangsan', 'zs'],
  ['单雄信', 'shanxiongxin', 'sxx'],
  ['曾国藩', 'zengguofan', 'zgf'],
  ['欧阳修', 'ouyangxiu', 'oyx'],
  ['万俟卨', 'moqixie', 'mqx'],
  ['区寄', 'ouji', 'oj'],
  ['吕不韦', 'lvbuwei', 'lbw'],
  ['王䶮', 'wangyan', 'wy'],
  ['𠮷田', 'jitian', 'jt'],
  ['买买提·吐尔逊', 'maimaitituerxun', 'mmttex'],
  ['阿卜杜拉·A', 'abudulaa', 'abdla'],
])('%s is read %s', (name, full, initials) => {
  expect(readPersonName(name)).toEqual({ pinyin: full, initials })
})

test('a name that is not of a person is not read as one', () => {
  expect(readName('曾经').pinyin).toBe('cengjing')
  expect(readName('重庆市黔江区')).toEqual({ pinyin: 'chongqingshiqianjiangqu', initials: 'cqsqjq' })
})
