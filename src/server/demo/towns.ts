/** The places of the demonstration: a city each, with one district and its schools. */
import { newId } from '../../base/ids.ts'
import type { Db } from '../../platform/db/index.ts'
import { readName } from '../../platform/directory/index.ts'
import { beijingSchools } from './beijing.ts'
import { type School, schools } from './district.ts'
import { insert } from './insert.ts'

export type Placed = School & { id: string; path: string }

type Named = { name: string; short_name: string; name_en: string; authority: string | null }
/** A city with one district and its schools; codes of the schools begin with their type and the region. */
type Town = { city: Named; district: Named; schools: School[]; region: string; first: number; label: string }

export const OURS: Town = {
  city: {
    name: '重庆市（演示）',
    short_name: '重庆市（演示）',
    name_en: 'Chongqing (demonstration)',
    authority: 'chongqing',
  },
  district: {
    name: '黔江区教育委员会（演示）',
    short_name: '黔江区（演示）',
    name_en: 'Qianjiang (demonstration)',
    authority: 'qianjiang',
  },
  schools: schools(),
  region: '50',
  first: 114_000,
  label: '黔江区',
}

export const BEIJING_TOWN: Town = {
  city: {
    name: '北京市（演示）',
    short_name: '北京市（演示）',
    name_en: 'Beijing (demonstration)',
    authority: 'beijing',
  },
  district: {
    name: '北京市示例区教育委员会（演示）',
    short_name: '示例区（演示）',
    name_en: 'Sample district (demonstration)',
    authority: null,
  },
  schools: beijingSchools(),
  region: '11',
  first: 900_000,
  label: '示例区',
}

export async function organisations(owner: Db, town: Town) {
  const label = (id: string) => `o${id.replaceAll('-', '').slice(-16)}`
  const make = (parent: { id: string; path: string } | null) => {
    const id = newId()
    return { id, path: parent ? `${parent.path}.${label(id)}` : label(id) }
  }
  const city = make(null)
  const district = make(city)
  const placed: Placed[] = town.schools.map((school) => ({ ...school, ...make(district) }))
  const row = (org: { id: string; path: string }, more: { short_name: string; [column: string]: unknown }) => ({
    ...readName(more.short_name),
    id: org.id,
    path: org.path,
    school_type: null,
    locality: null,
    authority: null,
    name_en: null,
    code: null,
    ...more,
  })
  await insert(
    owner,
    'directory.organisation',
    'id uuid, parent_id uuid, path ltree, kind text, school_type text, code text, name text, short_name text, name_en text, locality text, authority text, pinyin text, initials text',
    [
      row(city, { ...town.city, parent_id: null, kind: 'municipality' }),
      row(district, { ...town.district, parent_id: city.id, kind: 'district' }),
      ...placed.map((school, i) =>
        row(school, {
          parent_id: district.id,
          kind: school.kind,
          school_type: school.type,
          name: `${town.label}${school.name}（演示）`,
          short_name: school.name,
          locality: school.locality,
          code: school.type ? `${school.type.slice(0, 2)}${town.region}${String(town.first + i)}` : null,
        }),
      ),
    ],
  )
  return { city, district, placed }
}

export async function clusters(owner: Db, district: { id: string; path: string }, placed: Placed[]): Promise<void> {
  const groups = [
    { id: newId(), kind: 'school_district', name: '城区第一学区' },
    { id: newId(), kind: 'education_group', name: '新华教育集团' },
  ]
  await insert(
    owner,
    'directory.cluster',
    'id uuid, org_id uuid, org_path ltree, kind text, name text',
    groups.map((cluster) => ({ ...cluster, org_id: district.id, org_path: district.path })),
  )
  const members = placed.filter(({ type }) => type === '211' || type === '311').slice(0, 16)
  await insert(
    owner,
    'directory.cluster_member',
    'cluster_id uuid, org_id uuid, during daterange',
    members.map((school, i) => ({ cluster_id: groups[i % 2]!.id, org_id: school.id, during: '[2021-09-01,)' })),
  )
}
