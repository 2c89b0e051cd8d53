/** Could this expert review this case, and if not why? Asked before anybody is invited. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { KEYS, useCases, useReasons } from './reviewing.ts'

export function CouldReview({ applicationId }: { applicationId: string }) {
  const t = useWords('cases')
  const f = useFormat()
  const reason = useReasons()
  const cases = useCases()
  const [accountId, setAccount] = useState('')
  const experts = useQuery({ queryKey: [...KEYS.experts, 'all'], queryFn: () => cases.experts({}) })
  const answer = useQuery({
    queryKey: [...KEYS.papers, 'could', applicationId, accountId],
    queryFn: () => cases.couldReview({ accountId, applicationId }),
    enabled: accountId !== '',
  })
  return (
    <>
      <SelectField
        label={t('review.could')}
        value={accountId}
        onChange={setAccount}
        placeholder={t('review.could_choose')}
        choices={(experts.data ?? []).map((one) => ({ value: one.accountId, label: `${one.name} · ${one.employer}` }))}
      />
      {accountId !== '' && (
        <Answer of={answer} height={48}>
          {({ possible, why }) => (
            <Notice
              live
              tone={possible ? 'done' : 'alert'}
              title={possible ? t('review.could_yes') : t('review.could_no', { why: f.list(why.map(reason)) })}
            />
          )}
        </Answer>
      )}
    </>
  )
}
