/** A notice on paper, as it hangs on the board of a school: the same list, with the address, the code and the hash. */
import { readFileSync } from 'node:fs'
import { notFound } from '../../../base/errors.ts'
import type { House } from '../../access/index.ts'
import type { Act } from '../../db/index.ts'
import { fileNamed, type PaperLocale, PDF, paperWords } from '../office/paper-words.ts'
import type { CasesHouseParts } from '../parts.ts'
import { publicNotice } from './public.ts'

const TEMPLATE = readFileSync(new URL('./notice.typ', import.meta.url), 'utf8')

/** @throws Refusal `not_found` */
export async function printNotice<T>(
  act: Act<T>,
  { settings }: House,
  { print }: CasesHouseParts,
  { code, locale }: { code: string; locale: PaperLocale },
): Promise<File> {
  const notice = await publicNotice(act, code)
  if (!notice) throw notFound('notice')
  const { listed, hash, anonymous } = notice
  const { t, say, date } = paperWords(locale)
  const url = `${settings.publicUrl}/notice/${listed.code}`
  const title = t('notices.paper.title', { call: say(listed.call) })
  const data = {
    locale,
    words: {
      page: t('office.paper.page', { page: '{page}', pages: '{pages}' }),
      scan: t('notices.paper.scan'),
      scanOther: '',
      address: t('notices.paper.address'),
      code: t('notices.paper.code'),
    },
    org: say(listed.org),
    title,
    says: [
      t('notices.paper.says', {
        n: listed.rows.length,
        stage: say(listed.stage),
        from: date(listed.from),
        until: date(listed.until),
        days: listed.days,
      }),
      t(anonymous ? 'notices.paper.object_anonymous' : 'notices.paper.object'),
    ],
    sheet: {
      columns: [
        { title: t('office.paper.nth'), align: 'right' },
        ...listed.columns.map((column) => ({ title: say(column.title), weight: 1 })),
      ],
      rows: listed.rows.map(({ nth, shown }) => ({
        cells: [nth, ...listed.columns.map(({ key }) => say(shown[key]))],
      })),
    },
    date: date(listed.from),
    url,
    address: url.replace(/^https?:\/\//, ''),
    code: listed.code,
    hash_says: t('notices.paper.hash'),
    hash: hash.match(/.{8}/g)!.join(' '),
  }
  return fileNamed(await print(TEMPLATE, data, { at: act.now, codes: { verify: url } }), title, 'pdf', PDF)
}
