/** A teacher's own whole record: to be read and checked; what is wrong or missing is put right by proposing it. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { ButtonLink } from '../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import './records.css'
import { Archive } from './archive/Archive.tsx'
import { CHANGES, OWN, useGroups } from './archive/record.ts'
import { PersonFacts } from './PersonFacts.tsx'
import { PersonHistory } from './PersonHistory.tsx'
import { KEYS, useRecords } from './records.ts'

export default function MyRecord() {
  const t = useWords('records')
  const f = useFormat()
  const records = useRecords()
  const me = useQuery({ queryKey: KEYS.me, queryFn: () => records.me() })
  const groups = useGroups()
  const rows = useQuery({ queryKey: OWN, queryFn: () => records.ownArchive() })
  const changes = useQuery({ queryKey: [...CHANGES, 'own'], queryFn: () => records.myChanges() })
  const waiting = (changes.data ?? []).filter(({ settledAt }) => settledAt === null)
  return (
    <div className="rec-own">
      <PageHead
        title={t('me.heading')}
        subtitle={me.data && f.dotted([me.data.name, me.data.number, me.data.orgName])}
        acts={
          <>
            <ButtonLink to="/my/growth" icon="flag">
              {t('growth.heading')}
            </ButtonLink>
            <ButtonLink to="/my/record/changes" icon="edit">
              {waiting.length > 0 ? t('changes.mine_n', { n: waiting.length }) : t('changes.mine')}
            </ButtonLink>
          </>
        }
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
              <Answer of={groups} height={600}>
                {(declared) => (
                  <Answer of={rows} height={600}>
                    {(held) => (
                      <Archive
                        groups={declared.filter(
                          ({ id, sensitivity }) =>
                            sensitivity !== 'guarded' || held.some(({ groupId }) => groupId === id),
                        )}
                        rows={held}
                        personId={person.personId}
                        rights={{ propose: true }}
                        waiting={waiting.map(({ rowId }) => rowId)}
                      />
                    )}
                  </Answer>
                )}
              </Answer>
            </>
          )}
        </Answer>
      </div>
    </div>
  )
}
