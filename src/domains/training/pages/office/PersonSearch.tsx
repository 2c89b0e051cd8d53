/** Finds one person in scope by name, pinyin initials or number, for acts on somebody who is on no list. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useClient } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import type { recordsContract } from '../../../records/contract.ts'

export type Found = { personId: string; name: string; number: string; orgName: string }

const SHOWN = 12

export function PersonSearch({ orgId, onPick }: { orgId?: string; onPick: (person: Found) => void }) {
  const t = useWords('training')
  const records = useClient<typeof recordsContract>('records')
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const answer = useQuery({
    queryKey: ['records', 'people', 'pick', orgId, wanted],
    queryFn: () => records.people({ search: wanted, limit: SHOWN, ...(orgId ? { orgId } : {}) }),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  })
  return (
    <div className="q-stack">
      <TextField
        label={t('office.find_person')}
        hint={t('office.find_person_hint')}
        type="search"
        autoFocus
        maxLength={40}
        value={text}
        onChange={setText}
      />
      {answer.error && <Failure error={answer.error} />}
      {wanted && answer.data && (
        <>
          <p className="q-quiet" role="status">
            {answer.data.total === 0
              ? t('office.search.none')
              : answer.data.total > SHOWN
                ? t('office.search.many', { shown: SHOWN, n: answer.data.total })
                : t('office.search.found', { n: answer.data.total })}
          </p>
          <List>
            {answer.data.rows.map((one) => (
              <ListRow
                key={one.personId}
                title={one.name}
                meta={`${one.number} · ${one.orgName}`}
                onPress={() => onPick(one)}
              />
            ))}
          </List>
        </>
      )}
    </div>
  )
}
