/** Well-formed input about organisations. */
import { NOTHING, type Samples, school } from './subjects.ts'

export const harmless = ['directory.clusters']

export const samples: Samples = {
  'directory.tree': () => ({}),
  'directory.schools': () => ({}),
  'directory.organisation': (world) => ({ orgId: school(world) }),
  'directory.addOrganisation': (world) => ({
    parentId: world.district.id,
    kind: 'school',
    schoolType: '211',
    name: '测试区新学校',
    shortName: '新学校',
    from: '2023-03-01',
  }),
  'directory.renameOrganisation': (world) => ({
    orgId: school(world),
    name: '测试区第一小学校',
    shortName: '第一小学',
    nameEn: null,
  }),
  'directory.moveOrganisation': (world) => ({ orgId: world.schools[1].id, parentId: world.district.id }),
  'directory.closeOrganisation': (world) => ({ orgId: school(world), on: '2030-01-01' }),
  'directory.clusters': () => undefined,
  'directory.saveCluster': (world) => ({ orgId: world.district.id, kind: 'school_district', name: '第一学区' }),
  'directory.setMembers': (world) => ({ clusterId: NOTHING, orgIds: [school(world)], from: '2023-03-01' }),
}
