/** The invented demonstration district: its schools and their sizes. The same in every installation. */
export type School = {
  key: string
  name: string
  kind: 'school' | 'institution'
  type: string | null
  locality: string
  heads: number
  stages: string[]
}

const PLACES = [
  '城东',
  '城西',
  '城南',
  '正阳',
  '舟白',
  '冯家',
  '石会',
  '濯水',
  '阿蓬江',
  '黄溪',
  '黎水',
  '金溪',
  '马喇',
  '石家',
  '鹅池',
  '小南海',
  '邻鄂',
  '中塘',
  '蓬东',
  '沙坝',
  '白石',
  '杉岭',
  '太极',
  '水市',
  '新华',
  '五里',
  '水田',
  '白土',
]

type Kind = { type: string; label: string; count: number; heads: number; stages: string[] }
const KINDS: Kind[] = [
  { type: '111', label: '幼儿园', count: 12, heads: 57, stages: ['1'] },
  { type: '211', label: '小学校', count: 28, heads: 75, stages: ['2'] },
  { type: '311', label: '初级中学校', count: 9, heads: 95, stages: ['3'] },
  { type: '312', label: '九年制学校', count: 4, heads: 110, stages: ['2', '3'] },
  { type: '341', label: '中学校', count: 3, heads: 184, stages: ['3', '4'] },
  { type: '342', label: '高级中学校', count: 2, heads: 320, stages: ['4'] },
  { type: '361', label: '职业教育中心', count: 1, heads: 180, stages: ['6'] },
  { type: '514', label: '特殊教育学校', count: 1, heads: 45, stages: ['A'] },
]

export const TEACHERS = 5600

/** Sixty schools and the training institution; together exactly 5,600 people. */
export function schools(): School[] {
  const made: School[] = [
    {
      key: 'jjzx',
      name: '区教师继续教育中心',
      kind: 'institution',
      type: null,
      locality: '111',
      heads: 48,
      stages: ['2', '3', '4'],
    },
  ]
  for (const { type, label, count, heads, stages } of KINDS) {
    for (let i = 0; i < count; i++) {
      const place = PLACES[((i * 3 + Number(type.replace(/\D/g, '')) / 100 + i * i) % PLACES.length) | 0]!
      const name = count === 1 ? `区${label}` : `${place}${label}`
      // Sizes vary by a third around the usual one, evenly enough that the sum stays put.
      const varied = Math.round(heads * (1 + (((i * 7 + Number(type)) % 9) - 4) / 12))
      made.push({
        key: `${type}-${i}`,
        name,
        kind: 'school',
        type,
        locality: i < count / 3 ? '111' : i < (count * 2) / 3 ? '121' : '210',
        heads: varied,
        stages,
      })
    }
  }
  const names = new Map<string, number>()
  for (const school of made) {
    const times = (names.get(school.name) ?? 0) + 1
    names.set(school.name, times)
    if (times > 1)
      school.name = school.name.replace(
        /(幼儿园|小学校|初级中学校|九年制学校|中学校|高级中学校)$/,
        `第${'一二三四五六'[times - 1]}$1`,
      )
  }
  // What is over or short goes to the primary schools, one head each in turn.
  const primaries = made.filter(({ type }) => type === '211')
  for (let gap = TEACHERS - made.reduce((sum, { heads }) => sum + heads, 0), i = 0; gap !== 0; i++) {
    const by = Math.sign(gap)
    primaries[i % primaries.length]!.heads += by
    gap -= by
  }
  return made
}
