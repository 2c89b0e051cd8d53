/** What letters say: the list of what is new, the code for an address, and that an address was changed. Plain text and HTML say the same. */
import { type Catalog, dayIn, type Locale, localeOf, ownWords, saidOutside } from '../words.ts'

export type Letter = { subject: string; text: string; html: string; headers: Record<string, string> }

export type Owed = {
  fresh: boolean
  kind: 'todo' | 'message'
  code: string
  data: Record<string, unknown>
  link: string | null
  due: string | null
  orgName: string | null
  orgNameEn: string | null
}

/** Everything beyond is a number: a letter is read, not worked through. */
const MOST = 30
const BULK = { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' }

type Block = {
  text?: string
  title?: string
  rows?: { text: string; note: string; href: string | null }[]
  link?: { text: string; href: string }
  code?: string
  small?: boolean
}

const plain = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char]!)

function asText(blocks: readonly Block[]): string {
  const lines = blocks.map(({ text, title, rows, link, code }) =>
    [
      title && `【${title}】`,
      text,
      code,
      ...(rows ?? []).map((row) => `· ${row.text}${row.note && ` (${row.note})`}${row.href ? `\n  ${row.href}` : ''}`),
      link && `${link.text}: ${link.href}`,
    ]
      .filter(Boolean)
      .join('\n'),
  )
  return `${lines.join('\n\n')}\n`
}

function asHtml(locale: Locale, name: string, blocks: readonly Block[]): string {
  const anchor = (href: string, text: string) => `<a href="${plain(href)}" style="color:#0e6b66">${plain(text)}</a>`
  const body = blocks.map(({ text, title, rows, link, code, small }) =>
    [
      title && `<h2 style="font-size:16px;margin:24px 0 8px;border-bottom:1px solid #cfc8ba">${plain(title)}</h2>`,
      text && `<p style="margin:12px 0${small ? ';color:#5d584f;font-size:13px' : ''}">${plain(text)}</p>`,
      code && `<p style="font-size:28px;letter-spacing:6px;margin:16px 0"><b>${plain(code)}</b></p>`,
      rows &&
        `<ul style="padding-left:20px;margin:8px 0">${rows
          .map(
            ({ text: said, note, href }) =>
              `<li style="margin:6px 0">${href ? anchor(href, said) : plain(said)}${note && ` <span style="color:#5d584f">${plain(note)}</span>`}</li>`,
          )
          .join('')}</ul>`,
      link && `<p style="margin:12px 0${small ? ';font-size:13px' : ''}">${anchor(link.href, link.text)}</p>`,
    ]
      .filter(Boolean)
      .join(''),
  )
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>${plain(name)}</title><body style="font:15px/1.6 sans-serif;color:#23211d;background:#fcfbf8;max-width:600px;margin:0 auto;padding:16px">${body.join('')}</body></html>`
}

const letterOf = (locale: Locale, subject: string, blocks: Block[], headers: Record<string, string> = {}): Letter => {
  const name = ownWords(locale)('mail.name')
  return {
    subject: `${name}：${subject}`.replace('：', locale === 'en' ? ': ' : '：'),
    text: asText(blocks),
    html: asHtml(locale, name, blocks),
    headers: { ...BULK, 'content-language': locale, ...headers },
  }
}

/** The list of what is owed. @param unsubscribe the address that ends the letters without signing in (RFC 8058) */
export function digest(
  items: readonly Owed[],
  {
    locale: wanted,
    publicUrl,
    unsubscribe,
    catalog,
  }: { locale: string; publicUrl: string; unsubscribe: string; catalog: Catalog },
): Letter {
  const locale = localeOf(wanted)
  const t = ownWords(locale)
  const day = dayIn(locale)
  const shown = items.slice(0, MOST)
  const row = (item: Owed) => {
    const org = (locale === 'en' && item.orgNameEn) || item.orgName
    return {
      text: saidOutside(catalog, locale, item.code, item.data) ?? t(`mail.digest.unworded_${item.kind}`),
      note: [org, item.due && t('mail.digest.due', { date: day(item.due) })]
        .filter(Boolean)
        .join(locale === 'en' ? ', ' : '，'),
      href: item.link?.startsWith('/') ? publicUrl + item.link : null,
    }
  }
  const group = (title: string, of: (item: Owed) => boolean): Block[] => {
    const rows = shown.filter(of).map(row)
    return rows.length > 0 ? [{ title: t(`mail.digest.${title}`), rows }] : []
  }
  const count = (kind: Owed['kind']) => items.filter((item) => item.kind === kind).length
  return letterOf(
    locale,
    t('mail.digest.subject', { todos: count('todo'), messages: count('message') }),
    [
      { text: t('mail.digest.greeting') },
      ...group('todo', (item) => item.kind === 'todo' && item.fresh),
      ...group('soon', (item) => item.kind === 'todo' && !item.fresh),
      ...group('message', (item) => item.kind === 'message'),
      ...(items.length > MOST ? [{ text: t('mail.digest.more', { n: items.length - MOST }) }] : []),
      { link: { text: t('mail.digest.open'), href: `${publicUrl}/inbox` } },
      { text: t('mail.digest.why'), small: true },
      { link: { text: t('mail.digest.settings'), href: `${publicUrl}/account/notices` }, small: true },
      { link: { text: t('mail.digest.unsubscribe'), href: unsubscribe }, small: true },
    ],
    { 'list-unsubscribe': `<${unsubscribe}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' },
  )
}

/** To an address that somebody says is theirs: nothing about the account. */
export function codeLetter(locale: string, code: string, minutes: number): Letter {
  const t = ownWords(localeOf(locale))
  return letterOf(localeOf(locale), t('mail.code.subject', { code }), [
    { text: t('mail.code.greeting') },
    { code },
    { text: t('mail.code.valid', { minutes }) },
    { text: t('mail.code.not_you'), small: true },
  ])
}

/** To the address that was: somebody who took an account over cannot do it unseen. */
export function changedLetter(locale: string): Letter {
  const t = ownWords(localeOf(locale))
  return letterOf(localeOf(locale), t('mail.changed.subject'), [{ text: t('mail.changed.text') }])
}
