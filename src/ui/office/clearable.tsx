/** What empties a select of Ant Design: its own name for it is English in every language. `allowClear={useClearable()}`. */
import { Icon } from '../Icon.tsx'
import { useWords } from '../i18n.tsx'

export function useClearable() {
  const t = useWords('ui')
  return { clearIcon: <Icon name="close" size={12} />, label: t('clear') }
}
