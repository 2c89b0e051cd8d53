/** The count of a vote in the words in which a case keeps it. */
type Counts = { ayes: number; noes: number; blanks: number; entitled: number; passed: boolean }

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
const numeral = (n: number): string => DIGITS[n] ?? String(n)

/** 三分之二; 全体 for the whole. */
export const shareInWords = ([part, whole]: readonly [number, number]): string =>
  part === whole ? '全体' : part * 2 === whole ? '半数' : `${numeral(whole)}分之${numeral(part)}`

export function countsAsWords(
  { ayes, noes, blanks, entitled, passed }: Counts,
  pass: readonly [number, number],
): string {
  const missing = entitled - ayes - noes - blanks
  const cast = [`同意${ayes}票`, `不同意${noes}票`, `弃权${blanks}票`, ...(missing > 0 ? [`未投票${missing}人`] : [])]
  return `评委会投票：到会有表决权${entitled}人，${cast.join('，')}；${passed ? '达到' : '未达到'}到会人数的${shareInWords(pass)}，${passed ? '通过' : '未通过'}。`
}
