/** A teacher's own record: to be read and checked; what is wrong is told to the school. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import './records.css'
import { PersonFacts } from './PersonFacts.tsx'
import { PersonHistory } from './PersonHistory.tsx'
import { KEYS, useRecords } from './records.ts'

export default function MyRecord() {
  const t = useWords('records')
  const f = useFormat()
  const records = useRecords()
  const me = useQuery({ queryKey: KEYS.me, queryFn: () => records.me() })
  return (
    <div className="rec-own">
      <PageHead
        title={t('me.heading')}
        subtitle={me.data && f.dotted([me.data.name, me.data.number, me.data.orgName])}
      />
      <div className="q-stack">
        <Answer of={me} height={420}>
          {(person) => (
            <>
              <div className="rec-sheet">
                <PersonFacts person={person} own />
                <PersonHistory person={person} />
              </div>
              <Notice>{t('me.wrong')}</Notice>
            </>
          )}
        </Answer>
      </div>
    </div>
  )
}
