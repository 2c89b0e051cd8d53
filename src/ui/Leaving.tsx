/** Nothing typed is lost unasked: before one leaves the page, by a link, back, or the window itself, what would be lost is said. */
import { useBlocker } from '@tanstack/react-router'
import { ConfirmWithReason } from './ConfirmWithReason.tsx'
import { useWords } from './i18n.tsx'

/**
 * @param unsaved asked at the moment of leaving; a ref's value or a state, either way without a new rendering
 * @param children what would be lost; the general sentence where left out
 */
export function Leaving({ unsaved, children }: { unsaved: () => boolean; children?: string }) {
  const t = useWords('ui')
  const leaving = useBlocker({ shouldBlockFn: unsaved, enableBeforeUnload: unsaved, withResolver: true })
  return (
    <ConfirmWithReason
      open={leaving.status === 'blocked'}
      title={t('form.leave_title')}
      confirm={t('form.leave_confirm')}
      reason="none"
      danger
      onConfirm={() => leaving.proceed?.()}
      onClose={() => leaving.reset?.()}
    >
      <p>{children ?? t('form.leave')}</p>
    </ConfirmWithReason>
  )
}
