/** Names and titles in the language of the page; what has no English name keeps its own. */
import type { Locale } from '../../../../ui/locale.ts'

export const nameIn = (locale: Locale, { name, nameEn }: { name: string; nameEn: string }): string =>
  locale === 'en' && nameEn !== '' ? nameEn : name

export const titleIn = (locale: Locale, { title, titleEn }: { title: string; titleEn: string }): string =>
  locale === 'en' && titleEn !== '' ? titleEn : title
