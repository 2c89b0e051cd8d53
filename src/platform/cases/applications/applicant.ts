/** Who applies: oneself, or under the permission of organisations one that the actor acts for. Everything here begins with that. */
import { sql } from 'kysely'
import { invalid, notFound, refused } from '../../../base/errors.ts'
import { type Act, prepared } from '../../db/index.ts'
import { applicationOf, lockedApplication } from '../flow/rows.ts'
import type { Application } from '../tables.ts'

export const FOR_ORG = 'cases.apply_org'

export type Applicant = {
  kind: 'person' | 'organisation'
  /** Of the person or the organisation. */
  id: string
  personId: string | null
  orgId: string
  orgPath: string
  name: string
}

/**
 * @throws Refusal `cases.person_needed` where the account is nobody's in the records, `cases.organisation_needed` where none is named,
 *   `not_found` for one that the actor does not act for
 */
export async function applicantOf<T>(act: Act<T>, orgId?: string): Promise<Applicant> {
  if (act.permission === FOR_ORG) {
    if (orgId === undefined) throw invalid('cases.organisation_needed')
    const { rows } = await sql<{
      path: string
      name: string
    }>`${prepared}select o.path::text, o.name from directory.organisation o
      where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
    if (!rows[0]) throw notFound('organisation')
    return { kind: 'organisation', id: orgId, personId: null, orgId, orgPath: rows[0].path, name: rows[0].name }
  }
  if (act.actor.person === null) throw refused('cases.person_needed')
  const { rows } = await sql<{ id: string; orgId: string; orgPath: string; name: string }>`${prepared}
    select p.id, p.org_id, p.org_path::text, p.name from directory.person p where p.id = ${act.actor.person}`.execute(
    act.tx,
  )
  if (!rows[0]) throw refused('cases.person_needed')
  return { kind: 'person', personId: rows[0].id, ...rows[0] }
}

/** What is somebody else's does not exist: a clerk applies for the school, never for a teacher. */
function assertOwn<T>(act: Act<T>, application: Application): Application {
  const own = act.permission === FOR_ORG ? application.personId === null : application.personId === act.actor.person
  if (!own) throw notFound('application')
  return application
}

/** @throws Refusal `not_found` */
export const ownApplication = async <T>(act: Act<T>, applicationId: string): Promise<Application> =>
  assertOwn(act, await applicationOf(act, applicationId))

/** Kept from others until the act has ended. @throws Refusal `not_found`, `cases.changed_since` */
export const ownLocked = async <T>(act: Act<T>, applicationId: string, revision?: number): Promise<Application> =>
  assertOwn(act, await lockedApplication(act, applicationId, revision))

/** With the applicant, to be written on. */
export const isWithApplicant = ({ state }: Pick<Application, 'state'>): boolean =>
  state === 'draft' || state === 'returned'

/** Whose deadline counts for handing it in. */
export const handInStage = ({ stage }: Pick<Application, 'stage'>): string => stage ?? 'submit'

/** At the organisation of a call, or below it. */
export const isBelow = (path: string, top: string): boolean => path === top || path.startsWith(`${top}.`)
