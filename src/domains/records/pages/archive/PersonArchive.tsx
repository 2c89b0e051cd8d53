/** The groups of the record on an office's sheet of a person; what is guarded only for those who may see it. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { useCan, useSignedIn } from '../../../../ui/session.tsx'
import { useRecords } from '../records.ts'
import { Archive } from './Archive.tsx'
import { ARCHIVE, useGroups } from './record.ts'

export function PersonArchive({ personId }: { personId: string }) {
  const records = useRecords()
  const can = useCan()
  const { person, roles } = useSignedIn()
  const self = person?.id === personId
  // Whoever keeps records for a school keeps what the school confirms.
  const above = roles.some(({ role }) => role === 'trainer' || role === 'administrator')
  const sees = can('records.sanction.read')
  const groups = useGroups()
  const rows = useQuery({ queryKey: [...ARCHIVE, personId], queryFn: () => records.archive({ personId }) })
  const guarded = useQuery({
    queryKey: [...ARCHIVE, personId, 'guarded'],
    queryFn: () => records.guarded({ personId }),
    enabled: sees,
  })
  return (
    <Answer of={groups} height={600}>
      {(declared) => (
        <Answer of={rows} height={600}>
          {(held) => (
            <Archive
              groups={declared.filter(({ sensitivity }) => sees || sensitivity !== 'guarded')}
              rows={[...held, ...(guarded.data ?? [])]}
              personId={personId}
              rights={{
                keep: !self && can('records.person.write') && (above ? 'district' : 'school'),
                guarded: can('records.sanction.write') && !self,
                reveal: can('records.contact.reveal'),
                behalf: !self && can('records.change.behalf'),
              }}
            />
          )}
        </Answer>
      )}
    </Answer>
  )
}
