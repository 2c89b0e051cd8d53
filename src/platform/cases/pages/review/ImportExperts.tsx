/** A list of experts from Excel: whole or not at all, with the cells that are wrong. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { useLocale } from '../../../../ui/locale.ts'
import { Notice } from '../../../../ui/Notice.tsx'
import { UploadExcel } from '../../../../ui/office/UploadExcel.tsx'
import { KEYS, useCases } from './reviewing.ts'

type Outcome = Awaited<ReturnType<ReturnType<typeof useCases>['importExperts']>>

export function ImportExperts({ onClose }: { onClose: () => void }) {
  const t = useWords('cases')
  const of = useBilingual()
  const locale = useLocale()
  const cases = useCases()
  const queries = useQueryClient()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  return (
    <Dialog
      open
      title={t('review.import')}
      onClose={onClose}
      acts={<Button onClick={onClose}>{t('review.close')}</Button>}
    >
      <div className="q-stack">
        <p>{t('review.import_about')}</p>
        <UploadExcel<Outcome>
          maxBytes={5 * 2 ** 20}
          template={`/api/cases/expertTemplate?locale=${locale}`}
          send={async (file, onSent) => {
            onSent(file.size)
            return cases.importExperts({ file })
          }}
          onDone={(answer) => {
            setOutcome(answer)
            void queries.invalidateQueries({ queryKey: KEYS.experts })
          }}
        />
        {outcome && outcome.faults.length === 0 && (
          <Notice tone="done" live title={t('review.imported', { added: outcome.added, changed: outcome.changed })} />
        )}
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
