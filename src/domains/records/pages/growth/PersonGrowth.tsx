/** A teacher’s professional life, for offices that see the record. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { PageSkeleton } from '../../../../ui/Skeleton.tsx'
import { useRecords } from '../records.ts'
import { Life } from './Life.tsx'

export default function PersonGrowth() {
  const t = useWords('records')
  const f = useFormat()
  const say = useBilingual()
  const personId = usePathPart('personId')
  const records = useRecords()
  const growth = useQuery({ queryKey: ['records', 'growth', personId], queryFn: () => records.growth({ personId }) })
  return (
    <Answer of={growth} wait={<PageSkeleton />}>
      {(file) => (
        <div className="gro">
          <PageHead
            title={t('growth.of', { name: file.holder.name })}
            subtitle={f.dotted([file.holder.number, say(file.holder.school)])}
            back={{ to: '/people/$personId', params: { personId }, label: t('growth.back') }}
          />
          <Life growth={file} />
        </div>
      )}
    </Answer>
  )
}
