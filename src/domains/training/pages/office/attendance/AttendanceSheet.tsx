/** The whole class as an attendance sheet: people down, sessions across, a sign for each. */
import { Icon } from '../../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Progress } from '../../../../../ui/Meter.tsx'
import { Failure } from '../../../../../ui/Notice.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { useNow } from '../now.ts'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { type ClassRow, classKey, type Session } from '../training.ts'
import { type Mark, type PersonMarks, useWholeAttendance } from './whole-attendance.ts'
import './attendance.css'

const WAYS: Ways<PersonMarks> = {
  keep: {
    q: (row, typed) => matches(typed, row.name, row.number, row.orgName),
    absent: (row) => Object.values(row.marks).includes('absent'),
  },
  order: {
    name: (row) => row.name,
    school: (row) => row.orgName,
    present: (row) => count(row, 'present'),
    absent: (row) => count(row, 'absent'),
  },
}
const MARKS: readonly Mark[] = ['present', 'leave', 'absent', 'expected']
const count = (row: PersonMarks, mark: Mark) => Object.values(row.marks).filter((one) => one === mark).length

export default function AttendanceSheet({ row, sessions }: { row: ClassRow; sessions: readonly Session[] }) {
  const t = useWords('training')
  const f = useFormat()
  const now = useNow().getTime()
  const begun = sessions.filter(({ starts }) => Date.parse(starts) <= now)
  const { people, loaded, error } = useWholeAttendance(row, begun, now)
  if (error) return <Failure error={error} />
  if (!people)
    return (
      <Progress
        label={t('office.attendance.sheet')}
        value={loaded}
        max={begun.length}
        text={`${loaded} / ${begun.length}`}
      />
    )
  const columns: Column<PersonMarks>[] = [
    {
      key: 'name',
      title: t('office.figure.person'),
      cell: (one) => <PersonLink id={one.personId} name={one.name} number={one.number} />,
      sort: true,
    },
    { key: 'school', title: t('office.figure.school'), cell: (one) => one.orgName, sort: true },
    ...begun.map(
      (session): Column<PersonMarks> => ({
        key: session.id,
        title: `${f.isoDate(session.starts).slice(5)} ${f.time(session.starts)}`,
        cell: (one) => <Sign mark={one.marks[session.id]} />,
        figures: true,
        card: 'none',
      }),
    ),
    {
      key: 'present',
      title: t('attendance.present'),
      cell: (one) => count(one, 'present'),
      figures: true,
      sort: true,
    },
    { key: 'leave', title: t('attendance.leave'), cell: (one) => count(one, 'leave'), figures: true },
    {
      key: 'absent',
      title: t('attendance.absent'),
      cell: (one) => count(one, 'absent'),
      figures: true,
      sort: true,
    },
  ]
  return (
    <>
      <p className="q-quiet">{t('office.attendance.legend')}</p>
      <DataTable<PersonMarks>
        caption={t('office.attendance.sheet')}
        queryKey={[
          ...classKey(row.id),
          'sheet',
          ...MARKS.map((mark) => people.reduce((sum, one) => sum + count(one, mark), 0)),
        ]}
        columns={columns}
        rowKey={(one) => one.personId}
        rowName={(one) => one.name}
        load={async (query) => pageOf(people, query, WAYS)}
        filters={[
          { key: 'q', label: t('office.find_person'), kind: 'text' },
          { key: 'absent', label: t('office.attendance.only_absent'), kind: 'flag' },
        ]}
        empty={{ title: t('office.attendance.nobody'), hint: t('office.attendance.nobody_hint') }}
      />
    </>
  )
}

function Sign({ mark }: { mark: Mark | undefined }) {
  const t = useWords('training')
  if (!mark) return <span className="q-quiet" />
  return (
    <span className={`tr-mark tr-mark-${mark}`} title={t(`attendance.${mark}`)}>
      {mark === 'present' ? <Icon name="check" label={t('attendance.present')} size={16} /> : t(`office.mark.${mark}`)}
    </span>
  )
}
