/** Switches between Chinese and English; named in the language that it leads to. */
import { Icon } from '../../ui/Icon.tsx'
import { switchLocale } from '../../ui/i18n.tsx'
import { type Locale, useLocale } from '../../ui/locale.ts'
import { useSession } from '../../ui/session.tsx'
import { client } from '../client.ts'

const names: Record<Locale, string> = { 'zh-CN': '中文', en: 'English' }

export function LanguageButton() {
  const locale = useLocale()
  const session = useSession()
  const other: Locale = locale === 'zh-CN' ? 'en' : 'zh-CN'
  const change = () => {
    void switchLocale(other)
    // Mail and documents follow the account's language; the screen does not wait for that.
    if (session) client.access.setLocale({ locale: other }).catch(() => undefined)
  }
  return (
    <button type="button" className="q-language" lang={other} onClick={change}>
      <Icon name="language" size={18} />
      <span>{names[other]}</span>
    </button>
  )
}
