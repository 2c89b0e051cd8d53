/** That the packs on the disk could not be loaded: what was in force holds, and officials are told what is wrong and where. */
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { useCan } from '../../../../ui/session.tsx'
import type { policyContract } from '../../contract.ts'

const SHOWN = 5

export function NotLoaded() {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const enabled = useCan()('policy.packs')
  const { data } = useQuery({ queryKey: ['policy', 'refused-load'], queryFn: () => policy.refusedLoad(), enabled })
  if (!data) return null
  const { since, problems } = data
  return (
    <Notice tone="alert" title={t('library.not_loaded')}>
      <p>{t('library.not_loaded_hint', { date: f.dateTime(since) })}</p>
      <ul className="q-reasons">
        {problems.slice(0, SHOWN).map((problem) => (
          <li key={`${problem.file} ${problem.line} ${problem.column} ${problem.en}`}>
            <code className="pol-code">
              {problem.file}:{problem.line}:{problem.column}
            </code>{' '}
            {pick(problem)}
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && <p>{t('library.not_loaded_more', { n: problems.length - SHOWN })}</p>}
    </Notice>
  )
}
