/** Says which colleagues may read a draft, and which may write it as well. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { DraftDetail, policyContract } from '../../contract.ts'
import { DraftDialog } from './DraftDialog.tsx'

type Leave = 'none' | 'read' | 'edit'

export function ShareDraft({ draft, onClose }: { draft: DraftDetail; onClose: () => void }) {
  const t = useWords('policy')
  const f = useFormat()
  const policy = useClient<typeof policyContract>('policy')
  const share = useAct(policy.shareDraft, { done: t('draft.shared'), refresh: [['policy'], ['desk']], quiet: true })
  const colleagues = useQuery({
    queryKey: ['policy', 'draft-colleagues', draft.id],
    queryFn: () => policy.draftColleagues({ draftId: draft.id }),
  })
  const [leave, setLeave] = useState<Record<string, Leave>>(() =>
    Object.fromEntries(draft.sharing.map(({ accountId, mayEdit }) => [accountId, mayEdit ? 'edit' : 'read'])),
  )
  const run = async () => {
    const accounts = Object.entries(leave)
      .filter(([, given]) => given !== 'none')
      .map(([accountId, given]) => ({ accountId, mayEdit: given === 'edit' }))
    if (await share.run({ draftId: draft.id, accounts })) onClose()
  }
  return (
    <DraftDialog title={t('draft.share')} confirm={t('draft.share_do')} act={share} onClose={onClose} onConfirm={run}>
      <p className="q-quiet">{t('draft.share_hint')}</p>
      <Answer of={colleagues} height={120}>
        {(list) =>
          list.length === 0 ? (
            <p>{t('draft.no_colleagues')}</p>
          ) : (
            list.map(({ accountId, name, orgName }) => (
              <SelectField
                key={accountId}
                label={f.dotted([name, orgName])}
                value={leave[accountId] ?? 'none'}
                onChange={(given) => setLeave({ ...leave, [accountId]: given as Leave })}
                choices={(['none', 'read', 'edit'] as const).map((value) => ({
                  value,
                  label: t(`draft.share_${value}`),
                }))}
              />
            ))
          )
        }
      </Answer>
    </DraftDialog>
  )
}
