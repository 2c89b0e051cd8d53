/** The entries of somebody in the sample; a wrong one is taken back by a counter-entry with its reason. */
import { useState } from 'react'
import { Button } from '../../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { Sheet } from '../../../../../ui/Dialog.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Empty } from '../../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../../ui/Tag.tsx'
import { KEYS, type Sampled, useTraining } from '../training.ts'
import './audit.css'
import '../office.css'

type Entry = Sampled['entries'][number]

export function SampledPerson({
  person,
  mayTakeBack,
  onClose,
}: {
  person: Sampled | undefined
  mayTakeBack: boolean
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  const [taking, setTaking] = useState<Entry | null>(null)
  if (!person) return null
  return (
    <Sheet open title={t('office.audit.entries_of', { name: person.name })} onClose={onClose}>
      {person.entries.length === 0 ? (
        <Empty icon="ledger" title={t('office.audit.no_entries')} />
      ) : (
        <ul className="tr-entries">
          {person.entries.map((entry) => (
            <li key={entry.id}>
              <div>
                <b>{f.locale === 'en' && entry.titleEn ? entry.titleEn : entry.title}</b>
                <small className="tr-under q-num">
                  {f.date(entry.occurredOn)} · {t(`kind.${entry.kind}`)} · {t(`level.${entry.level}`)}
                </small>
              </div>
              <span className="q-num">
                {t('office.credits_n', { n: f.number(entry.credits, 2) })}
                <small className="tr-under">{t('office.hours_n', { n: f.number(entry.hours) })}</small>
              </span>
              {entry.countered ? (
                <StatusTag tone="off">{t('office.audit.taken_back')}</StatusTag>
              ) : entry.counterOf ? (
                <StatusTag tone="plain">{t('office.audit.counter_entry')}</StatusTag>
              ) : (
                mayTakeBack && (
                  <Button small look="quiet" onClick={() => setTaking(entry)}>
                    {t('office.audit.take_back')}
                  </Button>
                )
              )}
            </li>
          ))}
        </ul>
      )}
      {taking && <TakeBackEntry personId={person.personId} entry={taking} onClose={() => setTaking(null)} />}
    </Sheet>
  )
}

function TakeBackEntry({ personId, entry, onClose }: { personId: string; entry: Entry; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const act = useAct(training.takeBackEntry, {
    done: t('office.audit.taken_back'),
    refresh: [KEYS.sample, KEYS.audits, KEYS.credits],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      danger
      title={t('office.audit.take_back')}
      confirm={t('office.audit.take_back_act')}
      reasonHint={t('office.audit.take_back_reason_hint')}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async (reason) => {
        if (await act.run({ personId, entryId: entry.id, reason })) onClose()
      }}
    >
      <p>
        {t('office.audit.take_back_preview', {
          title: f.locale === 'en' && entry.titleEn ? entry.titleEn : entry.title,
          date: f.date(entry.occurredOn),
          credits: f.number(entry.credits, 2),
        })}
      </p>
    </ConfirmWithReason>
  )
}
