/** The scores of a round as a workbook: by numbers of papers, or with names for those who keep the record of the round. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { CheckField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { useLocale } from '../../../../ui/locale.ts'
import { Failure } from '../../../../ui/Notice.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { useCan } from '../../../../ui/session.tsx'
import { type At, useCases } from './reviewing.ts'

export function ExportScores({ at, onClose }: { at: At; onClose: () => void }) {
  const t = useWords('cases')
  const can = useCan()
  const locale = useLocale()
  const cases = useCases()
  const [names, setNames] = useState(false)
  const exporting = useAct(
    async () => {
      saveFile(await cases.exportScores({ ...at, locale, names }), 'scores.xlsx')
      return true
    },
    { quiet: true },
  )
  const go = async () => {
    if (await exporting.run(undefined as never)) onClose()
  }
  return (
    <Dialog
      open
      title={t('review.export_scores')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('review.cancel')}</Button>
          <Button look="primary" icon="download" busy={exporting.busy} onClick={() => void go()}>
            {t('review.export_go')}
          </Button>
        </>
      }
    >
      <div className="q-stack">
        <p>{t('review.export_about')}</p>
        {can('cases.case.read') && (
          <CheckField
            label={t('review.export_names')}
            hint={t('review.export_names_hint')}
            checked={names}
            onChange={setNames}
          />
        )}
        {exporting.error ? <Failure error={exporting.error} /> : null}
      </div>
    </Dialog>
  )
}
