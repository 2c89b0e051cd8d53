/** Every entry of the credit ledger, newest first, by year; pressing one shows where it came from and lets one object. */
import { useState } from 'react'
import { add } from '../../../../base/decimal.ts'
import { Card } from '../../../../ui/Card.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { EntrySheet } from './EntrySheet.tsx'
import './credits.css'
import './my.css'
import { type Entry, type MyCredits, nameIn } from './training.ts'

export function Entries({ credits: { entries, answerWithin } }: { credits: MyCredits }) {
  const t = useWords('training')
  const f = useFormat()
  const [shown, setShown] = useState<string | null>(null)
  const years = [...new Set(entries.map(({ creditYear }) => creditYear))].sort((a, b) => b - a)
  const opened = entries.find(({ id }) => id === shown)
  if (entries.length === 0)
    return (
      <Card title={t('my.entries')}>
        <Empty icon="ledger" title={t('my.entries.none')} hint={t('my.entries.none_hint')} />
      </Card>
    )
  return (
    <>
      <Card title={t('my.entries')} flush>
        {years.map((year) => {
          const own = entries.filter(({ creditYear }) => creditYear === year)
          const locked = own.every((entry) => entry.locked)
          return (
            <section key={year} aria-labelledby={`my-entries-${year}`}>
              <h3 id={`my-entries-${year}`} className="my-year-head">
                <span>{t('my.entries.year', { year: String(year) })}</span>
                {locked && <StatusTag tone="sealed">{t('my.locked')}</StatusTag>}
                <span className="my-year-sum">
                  {t('my.credits_n', { n: f.number(add('0', ...own.map(({ credits }) => credits))) })}
                </span>
              </h3>
              <List label={t('my.entries.year', { year: String(year) })}>
                {own.map((entry) => (
                  <EntryRow key={entry.id} entry={entry} yearLocked={locked} onPress={() => setShown(entry.id)} />
                ))}
              </List>
            </section>
          )
        })}
      </Card>
      {opened && <EntrySheet entry={opened} within={answerWithin} onClose={() => setShown(null)} />}
    </>
  )
}

function EntryRow({ entry, yearLocked, onPress }: { entry: Entry; yearLocked: boolean; onPress: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const { kind, level, title, titleEn, credits, counterOf, countered, objection, locked, occurredOn } = entry
  return (
    <ListRow
      onPress={onPress}
      title={
        <span className={countered ? 'my-countered' : undefined}>
          {nameIn(f.locale, { name: title, nameEn: titleEn })}
        </span>
      }
      meta={
        <span className="my-entry-meta">
          <span>
            {f.shortDate(occurredOn)} · {t.has(`kind.${kind}`) ? t(`kind.${kind}`) : kind} · {t(`level.${level}`)}
          </span>
          {counterOf && <StatusTag tone="alert">{t('my.counter_entry')}</StatusTag>}
          {countered && <StatusTag tone="off">{t('my.countered')}</StatusTag>}
          {objection && (
            <StatusTag tone={objection.state === 'open' ? 'wait' : 'plain'}>
              {t(`my.objection_state.${objection.state}`)}
            </StatusTag>
          )}
        </span>
      }
      trailing={
        <span className={countered ? 'my-credit my-countered' : 'my-credit'}>
          {locked && !yearLocked && <Icon name="lock" size={14} label={t('my.locked')} />}
          <b>{signed(f.number(credits), credits)}</b>
        </span>
      }
    />
  )
}

/** A true minus, as it is set in accounts, and a plus for what was earned. */
const signed = (text: string, value: string): string =>
  value.startsWith('-') ? `−${text.replace(/^[-−]/, '')}` : `+${text}`
