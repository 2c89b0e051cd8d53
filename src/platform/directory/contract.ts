/** Organisations: the tree, clusters across it, and changes to both. */
import { z } from 'zod'
import { civilDate, command, id, query } from '../access/contract.ts'

const KINDS = ['municipality', 'district', 'school', 'institution', 'department'] as const
export const organisation = z.object({
  id,
  parentId: id.nullable(),
  kind: z.enum(KINDS),
  schoolType: z.string().nullable(),
  code: z.string().nullable(),
  name: z.string(),
  shortName: z.string(),
  nameEn: z.string().nullable(),
  locality: z.string().nullable(),
  openedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  children: z.number().int(),
  people: z.number().int(),
})
const ok = z.object({})

export const directoryContract = {
  /** Children on demand: the roots of the asker's scope without a parent. */
  tree: query('directory.read', 'Organisations under one, or the top of the scope')
    .input(z.object({ parentId: id.optional() }))
    .output(z.array(organisation)),
  schools: query('directory.read', 'Schools and institutions in scope, by name')
    .input(z.object({ search: z.string().max(60).optional() }))
    .output(
      z.array(
        z.object({ id, name: z.string(), shortName: z.string(), kind: z.enum(KINDS), code: z.string().nullable() }),
      ),
    ),
  organisation: query('directory.read', 'One organisation with the way to it')
    .input(z.object({ orgId: id }))
    .output(
      organisation.extend({
        ancestors: z.array(z.object({ id, name: z.string() })),
        clusters: z.array(z.object({ id, name: z.string(), kind: z.string() })),
      }),
    ),
  addOrganisation: command('directory.write', 'Open a school, institution or department')
    .input(
      z.object({
        parentId: id,
        kind: z.enum(['district', 'school', 'institution', 'department']),
        schoolType: z.string().max(3).optional(),
        code: z.string().max(20).optional(),
        name: z.string().trim().min(2).max(80),
        shortName: z.string().trim().min(2).max(40),
        nameEn: z.string().max(120).optional(),
        from: civilDate,
      }),
    )
    .output(z.object({ id })),
  renameOrganisation: command('directory.write', 'Rename an organisation; the code stays')
    .input(
      z.object({
        orgId: id,
        name: z.string().trim().min(2).max(80),
        shortName: z.string().trim().min(2).max(40),
        nameEn: z.string().max(120).nullable(),
      }),
    )
    .output(ok),
  moveOrganisation: command('directory.write', 'Move an organisation with everything under it')
    .input(z.object({ orgId: id, parentId: id }))
    .output(ok),
  closeOrganisation: command('directory.write', 'Close an organisation that nobody works at any more')
    .input(z.object({ orgId: id, on: civilDate }))
    .output(ok),
  clusters: query('directory.read', 'Clusters with their members').output(
    z.array(
      z.object({
        id,
        kind: z.string(),
        name: z.string(),
        members: z.array(z.object({ orgId: id, name: z.string(), from: z.string() })),
      }),
    ),
  ),
  saveCluster: command('directory.write', 'Set up a cluster, or change its name')
    .input(
      z.object({
        clusterId: id.optional(),
        orgId: id,
        kind: z.enum(['school_district', 'education_group']),
        name: z.string().trim().min(2).max(60),
      }),
    )
    .output(z.object({ id })),
  setMembers: command('directory.write', 'Set the members of a cluster from a date on')
    .input(z.object({ clusterId: id, orgIds: z.array(id).max(500), from: civilDate }))
    .output(ok),
}
