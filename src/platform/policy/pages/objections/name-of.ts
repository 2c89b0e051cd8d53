/** What an objection is about, by name: a school without an English name keeps its own in English too. */
import type { Locale } from '../../../../ui/locale.ts'
import type { ObjectionRow } from '../../contract.ts'

export const nameOf = ({ name, nameEn }: ObjectionRow['about'], locale: Locale): string =>
  locale === 'en' && nameEn ? nameEn : name
