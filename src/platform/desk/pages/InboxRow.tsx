/** One thing in the inbox, worded by the module that sent it: for whom, since when, until when, and the way to it. */
import { Link } from '@tanstack/react-router'
import { isCivilDate } from '../../../base/dates.ts'
import { parseSearch } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { Values } from '../../../ui/words.ts'
import type { InboxItem, ItemAct } from '../../inbox/contract.ts'
import { moduleOf } from './worded.ts'

/** A link with filters becomes what the router takes. */
function goOf(link: string): { to: string } {
  const [to = '/', query = ''] = link.split('?')
  return { to, ...(query ? { search: parseSearch(query) } : {}) } as { to: string }
}

export function InboxRow({ item, onRead }: { item: InboxItem; onRead: () => void }) {
  const t = useWords('desk')
  const f = useFormat()
  const words = useWords(moduleOf(item.code))
  const access = useWords('access')
  const fresh = item.readAt === null && item.doneAt === null
  const role = item.role && (access.has(`role.${item.role}`) ? access(`role.${item.role}`) : item.role)
  const text = words.has(item.code) ? sentence(words, item.code, inLocale(f, item.data as Values)) : t('inbox.unworded')
  const inside = (
    <>
      <span className={fresh ? 'desk-dot' : 'desk-dot desk-dot-read'} aria-hidden="true" />
      <span className="q-list-main">
        <span className={fresh ? 'desk-text desk-text-new' : 'desk-text'}>
          {text}
          {fresh && <span className="q-hidden">（{t('inbox.unread')}）</span>}
        </span>
        <span className="q-list-meta">
          {f.dotted([f.shortDate(item.createdAt), role && f.dotted([item.orgName, role])])}
        </span>
        {(item.due || item.doneAt) && (
          <span className="desk-due">
            {item.doneAt ? (
              <StatusTag tone="done">{t('inbox.done', { date: f.shortDate(item.doneAt) })}</StatusTag>
            ) : item.overdue ? (
              <StatusTag tone="alert">{t('inbox.overdue', { date: f.shortDate(item.due ?? '') })}</StatusTag>
            ) : (
              <StatusTag tone="wait">{t('inbox.due', { date: f.shortDate(item.due ?? '') })}</StatusTag>
            )}
          </span>
        )}
      </span>
    </>
  )
  return (
    <li className="desk-row">
      {item.link ? (
        <Link {...goOf(item.link)} className="q-list-row" onClick={onRead}>
          {inside}
          <Icon name="chevron-right" size={18} />
        </Link>
      ) : (
        <div className="q-list-row">
          {inside}
          {fresh && (
            <Button small look="quiet" icon="check" onClick={onRead}>
              {t('inbox.mark_read')}
            </Button>
          )}
        </div>
      )}
      {item.act && !item.doneAt && <OneTap act={item.act} />}
    </li>
  )
}

/** Does what the sender declared to be safe, with one tap; whatever it changes is asked for again. */
function OneTap({ act: { call, input, label } }: { act: ItemAct }) {
  const t = useWords('desk')
  const words = useWords(moduleOf(label))
  const [module = '', name = ''] = call.split('.')
  const calls = useClient(module) as unknown as Record<string, (input: unknown) => Promise<unknown>>
  const act = useAct((given: unknown) => calls[name]!(given), { done: t('inbox.acted'), refresh: [[]] })
  return (
    <div className="desk-act">
      <Button small icon="check" busy={act.busy} onClick={() => void act.run(input)}>
        {words(label)}
      </Button>
    </div>
  )
}

/** For English readers a name `x` reads as its `xEn`, where the sender gave one; days read as the language writes them. */
function inLocale({ locale, date }: ReturnType<typeof useFormat>, data: Values): Values {
  const said = (value: Values[string]) => (typeof value === 'string' && isCivilDate(value) ? date(value) : value)
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, said((locale === 'en' && data[`${key}En`]) || value)]),
  )
}

/** A message may want a value that an older sender did not give: then its key says more than nothing. */
function sentence(words: ReturnType<typeof useWords>, code: string, data: Values): string {
  try {
    return words(code, data)
  } catch {
    return code
  }
}
