/** Shows and speaks what `say` was told. Mounted once, by the shell. */
import { useSyncExternalStore } from 'react'
import { IconButton } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { useWords } from './i18n.tsx'
import './overlays.css'
import { dismiss, onToasts, toasts } from './toast.ts'

export function Toasts() {
  const items = useSyncExternalStore(onToasts, toasts, toasts)
  const t = useWords('ui')
  return (
    <div className="q-toasts q-screen-only" role="log" aria-live="polite" aria-label={t('toasts')}>
      {items.map((item) => (
        <div key={item.id} className={`q-toast q-toast-${item.tone}`}>
          <Icon name={item.tone === 'alert' ? 'alert' : item.tone === 'done' ? 'check' : 'info'} size={18} />
          <p>{item.text}</p>
          <IconButton icon="close" small label={t('close')} onClick={() => dismiss(item.id)} />
        </div>
      ))}
    </div>
  )
}
