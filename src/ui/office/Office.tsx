/** The ground office pages stand on: Ant Design in our theme and language. Pages that use antd directly wrap in it. */
import { ConfigProvider, type ConfigProviderProps } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import { type ReactNode, useMemo } from 'react'
import { type Locale, useLocale } from '../locale.ts'
import { useIsCalm, useIsWide } from '../media.ts'
import './form.css'
import { officeTheme } from './theme.ts'

/** The package is typed as CommonJS but bundled as a module: its default arrives either bare or wrapped. */
const localeOf = (module: unknown) => ((module as { default?: AntLocale }).default ?? module) as AntLocale
const antLocales: Record<Locale, AntLocale> = { 'zh-CN': localeOf(zhCN), en: localeOf(enUS) }

type AntLocale = NonNullable<ConfigProviderProps['locale']>

export function Office({ children }: { children: ReactNode }) {
  const locale = useLocale()
  const touch = !useIsWide()
  const calm = useIsCalm()
  const theme = useMemo(() => officeTheme({ touch, calm }), [touch, calm])
  return (
    <ConfigProvider locale={antLocales[locale]} theme={theme} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  )
}
