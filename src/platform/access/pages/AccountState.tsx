/** Whether an account can be used, in a word. */
import { useWords } from '../../../ui/i18n.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { Account } from './accounts.ts'

export function AccountState({ account }: { account: Account }) {
  const t = useWords('access')
  if (account.disabled) return <StatusTag tone="off">{t('accounts.disabled')}</StatusTag>
  if (account.locked) return <StatusTag tone="alert">{t('accounts.locked')}</StatusTag>
  if (!account.active) return <StatusTag tone="wait">{t('accounts.asleep')}</StatusTag>
  return <StatusTag tone="done">{t('accounts.active')}</StatusTag>
}
