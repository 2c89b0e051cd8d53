/** A list of experts from Excel, people on record or from elsewhere: whole or not at all, with the cells that are wrong. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { useLocale } from '../../../../ui/locale.ts'
import { Notice } from '../../../../ui/Notice.tsx'
import { UploadExcel } from '../../../../ui/office/UploadExcel.tsx'
import { InitialPasswords } from './InitialPasswords.tsx'
import { KEYS, useCases } from './reviewing.ts'

type Cases = ReturnType<typeof useCases>
type Outside = Awaited<ReturnType<Cases['importOutsideExperts']>>
type Outcome = Omit<Outside, 'accounts'> & Partial<Pick<Outside, 'accounts'>>
const FROM = ['record', 'outside'] as const
type From = (typeof FROM)[number]

export function ImportExperts({ onClose }: { onClose: () => void }) {
  const t = useWords('cases')
  const of = useBilingual()
  const locale = useLocale()
  const cases = useCases()
  const queries = useQueryClient()
  const [from, setFrom] = useState<From>('record')
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const told = outcome?.accounts?.length ? outcome.accounts : null
  return (
    <Dialog
      open
      title={t('review.import')}
      onClose={onClose}
      acts={<Button onClick={onClose}>{t('review.close')}</Button>}
    >
      <div className="q-stack">
        {/* Passwords are told once: nothing may put them out of sight by the way. */}
        {!told && (
          <>
            <SelectField
              label={t('review.expert_from')}
              value={from}
              onChange={(value) => {
                setFrom(value as From)
                setOutcome(null)
              }}
              choices={FROM.map((value) => ({ value, label: t(`review.from.${value}`) }))}
            />
            <p>{t(from === 'record' ? 'review.import_about' : 'review.import_outside_about')}</p>
            <UploadExcel<Outcome>
              key={from}
              maxBytes={5 * 2 ** 20}
              template={`/api/cases/expertTemplate?locale=${locale}${from === 'outside' ? '&outside=true' : ''}`}
              send={async (file, onSent) => {
                onSent(file.size)
                return from === 'record' ? cases.importExperts({ file }) : cases.importOutsideExperts({ file })
              }}
              onDone={(answer) => {
                setOutcome(answer)
                void queries.invalidateQueries({ queryKey: KEYS.experts })
              }}
            />
          </>
        )}
        {outcome && outcome.faults.length === 0 && (
          <Notice tone="done" live title={t('review.imported', { added: outcome.added, changed: outcome.changed })} />
        )}
        {told && <InitialPasswords accounts={told} />}
        {outcome && outcome.faults.length > 0 && (
          <Notice tone="alert" live title={t('review.import_faults', { n: outcome.faults.length })}>
            <ul className="rev-proof">
              {outcome.faults.slice(0, 50).map((fault) => (
                <li key={`${fault.cell}${fault.says.zh}`}>{of(fault.says)}</li>
              ))}
            </ul>
          </Notice>
        )}
      </div>
    </Dialog>
  )
}
