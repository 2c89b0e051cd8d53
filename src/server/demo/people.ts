/** Invented people with facts as a district has them: names, service, stages, subjects, titles, posts, honours, earlier credits. */
import { idNumberCheck } from '../../base/id-number.ts'
import { readPersonName } from '../../platform/directory/index.ts'
import type { School } from './district.ts'

export type DemoPerson = {
  number: string
  name: string
  pinyin: string
  initials: string
  sex: '1' | '2'
  birth: string
  /** Right in its check digit and nobody's: no district has such a code. */
  idNumber: string
  school: string
  category: string
  basis: string
  since: string
  hired: string
  stage: string | null
  subject: string | null
  title: string
  posts: string[]
  honours: string[]
  credits: { year: number; kind: string; level: string; hours: string; title: string; on: string }[]
}

/** A small generator (mulberry32): the district is the same in every installation. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文冉单䶮𠮷',
]
const FIRST = [
  ...'建国志明海燕秀英文华丽娟红梅晓春玉兰桂芳雪云小军永强光辉佳雨欣怡思浩子嘉俊泽晨梓若诗静婷慧敏晶莹倩雅琴淑兰',
]
const SECOND = [...'华明军平英芳霞玲燕丽红梅勇强伟刚杰磊鹏飞波涛斌辉敏静洁娜婷颖慧琳雪莲蓉茜怡涵轩宇航睿然宁悦彤瑶萱菲']

const SUBJECTS: Record<string, string[]> = {
  '1': ['60'],
  '2': ['13', '13', '14', '14', '41', '15', '22', '24', '25', '61'],
  '3': ['13', '14', '41', '16', '17', '18', '12', '21', '20', '22', '24', '25', '61'],
  '4': ['13', '14', '41', '16', '17', '18', '12', '21', '20', '22', '26'],
  '6': ['13', '14', '41', '26', '22'],
  A: ['13', '14', '22'],
}

export const pad = (n: number, to = 2): string => String(n).padStart(to, '0')

/** How the people of a place differ: their staff numbers, the region of their identity numbers, what they earned. */
export type Manner = {
  seed: number
  prefix: string
  /** Six digits that no district has. */
  region: string
  credits: (draw: () => number, since: string) => DemoPerson['credits']
}

const OURS: Manner = { seed: 20_230_301, prefix: 'QJ', region: '509999', credits: creditsOf }

/** All people of the district, school by school; the principal comes first, office staff last. */
export function people(list: School[], { seed, prefix, region, credits }: Manner = OURS): DemoPerson[] {
  const draw = random(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(draw() * from.length)]!
  const made: DemoPerson[] = []
  const identity = invented(region)
  for (const school of list) {
    const finance = 4 + (school.heads > 70 ? 1 : 0)
    const support = finance + Math.floor(school.heads / 40)
    const teaching = school.heads - support
    for (let i = 0; i < school.heads; i++) {
      const name = pick(SURNAMES) + pick(FIRST) + (draw() < 0.82 ? pick(SECOND) : '')
      const serves = serviceOf(draw, i)
      const staff = i >= teaching
      const stage = staff ? null : pick(school.stages)
      const age = 22 + serves.years + Math.floor(draw() * 3)
      const sex = draw() < (school.type === '111' ? 0.04 : 0.38) ? '1' : '2'
      const born = `${2022 - age}-${pad(1 + Math.floor(draw() * 12))}-${pad(1 + Math.floor(draw() * 28))}`
      const posts = staff ? (i - teaching < finance ? ['finance_officer'] : []) : postsOf(i, draw, teaching)
      made.push({
        number: `${prefix}${pad(made.length + 1, 6)}`,
        name,
        ...readPersonName(name),
        sex,
        birth: born,
        idNumber: identity(born, sex, draw()),
        school: school.key,
        category: staff ? (i - teaching < finance ? '13' : '12') : '11',
        basis: draw() < 0.9 ? 'in_post' : 'contract',
        since: serves.since,
        hired: serves.hired,
        stage,
        subject: stage ? pick(SUBJECTS[stage]!) : null,
        title: titleOf(serves.years, draw),
        posts,
        honours: [],
        credits: credits(draw, serves.since),
      })
    }
  }
  honour(made, draw)
  return made
}

/** Gives out invented identity numbers, none twice: the order number begins where the lot falls and is odd for men. */
function invented(region: string): (born: string, sex: '1' | '2', lot: number) => string {
  const given = new Set<string>()
  return (born, sex, lot) => {
    for (let nth = Math.floor(lot * 500); ; nth = (nth + 1) % 500) {
      const digits = `${region}${born.replaceAll('-', '')}${pad(2 * nth + (sex === '1' ? 1 : 0), 3)}`
      if (given.has(digits)) continue
      given.add(digits)
      return digits + idNumberCheck(digits)
    }
  }
}

/** Years of service: steady cohorts, those of September 2022 and of 2017 to 2019 a little larger. */
function serviceOf(draw: () => number, i: number): { years: number; since: string; hired: string } {
  const lot = draw()
  // The first few of a school lead it: never beginners.
  const years =
    i < 8
      ? 8 + Math.floor(draw() * 26)
      : lot < 0.04
        ? 0
        : lot < 0.07
          ? 1 + Math.floor(draw() * 2)
          : lot < 0.15
            ? 3 + Math.floor(draw() * 3)
            : 6 + Math.floor(draw() * 31)
  const since = `${2022 - years}-09-01`
  const moved = years > 6 && draw() < 0.35 ? `${2022 - Math.floor(draw() * (years - 2))}-09-01` : since
  return { years, since, hired: years > 6 && moved >= '2022-01-01' ? since : moved }
}

function postsOf(i: number, draw: () => number, teaching: number): string[] {
  if (i === 0) return ['principal']
  if (i === 1) return ['party_secretary']
  if (i === 2) return ['vice_principal', 'leader']
  if (i === 3 && teaching > 60) return ['vice_principal', 'leader']
  if (i < 7 || (i === 7 && teaching > 70)) return ['training_manager']
  const lot = draw()
  return lot < 0.27 ? ['class_teacher'] : lot < 0.33 ? ['research_group_leader'] : lot < 0.37 ? ['grade_leader'] : []
}

function titleOf(years: number, draw: () => number): string {
  if (years < 1) return 'level_3'
  if (years < 5) return 'level_2'
  if (years < 12) return draw() < 0.4 ? 'level_1' : 'level_2'
  if (years < 20) return draw() < 0.25 ? 'senior' : 'level_1'
  const lot = draw()
  return lot < 0.005 ? 'senior_full' : lot < 0.45 ? 'senior' : 'level_1'
}

/** Two earlier years of training: school-based study, online study, and for about half of the people a district class. */
function creditsOf(draw: () => number, since: string): DemoPerson['credits'] {
  return [2021, 2022].flatMap((year) => {
    if (since > `${year}-12-31`) return []
    const entry = (kind: string, level: string, hours: number, title: string, month: number) => ({
      year,
      kind,
      level,
      hours: String(hours),
      title,
      on: `${year}-${pad(month)}-${pad(1 + Math.floor(draw() * 28))}`,
    })
    const entries = [
      entry('school_based', 'school', 53 + Math.floor(draw() * 28), `${year}年校本研修`, 12),
      entry('online', 'city', 16 + Math.floor(draw() * 18), `${year}年网络研修`, 8),
    ]
    if (draw() < 0.55)
      entries.push(
        entry(
          'concentrated',
          'district',
          12 + 6 * Math.floor(draw() * 4),
          `${year}年区级集中培训`,
          4 + Math.floor(draw() * 7),
        ),
      )
    return entries
  })
}

/** Candidates for master teacher and for the seventh batch of backbone teachers: experienced teachers, spread over the schools. */
function honour(made: DemoPerson[], draw: () => number): void {
  const fit = made.filter(
    ({ category, since, posts }) =>
      category === '11' && since < '2015-01-01' && posts[0] !== 'principal' && posts[0] !== 'party_secretary',
  )
  const shuffled = fit.map((person) => ({ person, at: draw() })).sort((a, b) => a.at - b.at)
  for (const [i, { person }] of shuffled.entries()) {
    if (i < 86) person.honours.push('district_master_candidate')
    else if (i < 86 + 288) person.honours.push('district_backbone_candidate')
    else if (i < 600) person.honours.push('district_backbone')
  }
}
