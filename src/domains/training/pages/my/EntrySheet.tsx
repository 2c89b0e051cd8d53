/** One entry of the ledger: what it is, where it came from, whether it still counts, and the objection to it. */
import { useState } from 'react'
import { Button, TextLink } from '../../../../ui/Button.tsx'
import { Facts } from '../../../../ui/Card.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import './credits.css'
import './my.css'
import { ObjectionDialog } from './ObjectionDialog.tsx'
import { ObjectionText } from './OwnObjections.tsx'
import { type Entry, type MyCredits, nameIn } from './training.ts'

type Props = { entry: Entry; within: MyCredits['answerWithin']; onClose: () => void }

export function EntrySheet({ entry, within, onClose }: Props) {
  const t = useWords('training')
  const f = useFormat()
  const [objecting, setObjecting] = useState(false)
  if (objecting) return <ObjectionDialog entry={entry} onClose={() => setObjecting(false)} />
  const { kind, level, hours, credits, occurredOn, creditYear, objection } = entry
  const source = `my.source.${entry.sourceKind}`
  return (
    <Sheet
      open
      title={t('my.entry')}
      onClose={onClose}
      acts={
        objection?.state !== 'open' && (
          <Button icon="flag" onClick={() => setObjecting(true)}>
            {t('my.objection.title')}
          </Button>
        )
      }
    >
      <div className="q-stack">
        <h3 className="my-entry-title">{nameIn(f.locale, { name: entry.title, nameEn: entry.titleEn })}</h3>
        <Standing entry={entry} />
        <Facts
          columns={1}
          items={[
            { label: t('my.credits_column'), value: <b className="q-num">{f.number(credits)}</b> },
            { label: t('my.hours_unit'), value: f.number(hours) },
            {
              label: t('my.kind'),
              value: `${t.has(`kind.${kind}`) ? t(`kind.${kind}`) : kind} · ${t(`level.${level}`)}`,
            },
            { label: t('my.date'), value: f.date(occurredOn) },
            { label: t('my.year'), value: String(creditYear) },
            {
              label: t('my.source'),
              value:
                entry.sourceKind === 'training_class' ? (
                  <TextLink to="/my/training">{t(source)}</TextLink>
                ) : (
                  t(t.has(source) ? source : 'my.source.other')
                ),
            },
          ]}
        />
        {objection && <ObjectionText objection={objection} head={t('my.objection')} within={within} />}
      </div>
    </Sheet>
  )
}

function Standing({ entry: { counterOf, countered, locked, reason } }: { entry: Entry }) {
  const t = useWords('training')
  if (counterOf)
    return (
      <Notice tone="alert" title={t('my.counter_entry')}>
        {reason ?? t('my.counter_entry_hint')}
      </Notice>
    )
  if (countered) return <Notice title={t('my.countered')}>{t('my.countered_hint')}</Notice>
  if (!locked) return null
  return (
    <p>
      <StatusTag tone="sealed">{t('my.locked')}</StatusTag> <span className="q-quiet">{t('my.locked_hint')}</span>
    </p>
  )
}
