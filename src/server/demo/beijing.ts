/** A second place beside the district: four schools of an invented district of Beijing, so that rules of another authority can be tried. */
import type { School } from './district.ts'
import type { Manner } from './people.ts'
import { pad } from './people.ts'

const school = (key: string, name: string, type: string, stages: string[], heads: number): School => ({
  key: `bj-${key}`,
  name,
  kind: 'school',
  type,
  locality: '111',
  heads,
  stages,
})

export const beijingSchools = (): School[] => [
  school('1', '示例第一小学', '211', ['2'], 54),
  school('2', '示例第二小学', '211', ['2'], 46),
  school('3', '示例中学', '311', ['3'], 62),
  school('4', '示例幼儿园', '111', ['1'], 24),
]

/** Ten hours make a credit, of school-based study twenty. */
const HOURS: Record<string, number> = { concentrated: 10, school_based: 20 }
export const beijingCredits = (kind: string): number => HOURS[kind] ?? 20

/** Two earlier years; most have 24 to 46 credits, so that a requirement of 36 parts them. */
const credits: Manner['credits'] = (draw, since) =>
  [2021, 2022].flatMap((year) => {
    if (since > `${year}-12-31`) return []
    const entry = (kind: string, level: string, earned: number, title: string, month: number) => ({
      year,
      kind,
      level,
      hours: String(earned * beijingCredits(kind)),
      title,
      on: `${year}-${pad(month)}-${pad(1 + Math.floor(draw() * 28))}`,
    })
    return [
      entry('concentrated', 'district', 6 + Math.floor(draw() * 9), `${year}年区级培训`, 7),
      entry('school_based', 'school', 6 + Math.floor(draw() * 4), `${year}年校本研修`, 12),
    ]
  })

export const BEIJING: Manner = { seed: 20_220_101, prefix: 'BJ', region: '119999', credits }
