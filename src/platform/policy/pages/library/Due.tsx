/** Values whose day of review has come: said above the list, and led to. */
import { ButtonLink } from '../../../../ui/Button.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import type { DueForReview } from '../../contract.ts'

export function Due({ rows }: { rows: readonly DueForReview[] }) {
  const t = useWords('policy')
  if (rows.length === 0) return null
  return (
    <Notice
      tone="wait"
      title={t('library.due_n', { n: rows.length })}
      act={
        <ButtonLink small to="/policy/library" search={{ due: '1' }}>
          {t('library.see_due')}
        </ButtonLink>
      }
    />
  )
}
