/** Reporting what reached the school without being registered, with the school's name or without. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useAct } from '../../../ui/client.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { CheckField, SelectField, TextAreaField, TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Failure } from '../../../ui/Notice.tsx'
import type { ReportRow } from '../contract.ts'
import { KEY, KINDS, useBurden, useToday } from './burden.tsx'

export function ReportDialog({ onClose }: { onClose: () => void }) {
  const t = useWords('burden')
  const ui = useWords('ui')
  const burden = useBurden()
  const today = useToday()
  const { data: places = [] } = useQuery({ queryKey: [...KEY, 'places'], queryFn: () => burden.places() })
  const [kind, setKind] = useState<ReportRow['kind']>('data')
  const [title, setTitle] = useState('')
  const [asker, setAsker] = useState('')
  const [words, setWords] = useState('')
  const [cameOn, setCameOn] = useState<string>(today)
  const [to, setTo] = useState('')
  const [named, setNamed] = useState(false)
  const report = useAct(burden.report, { done: t('mine.reported'), refresh: [KEY], quiet: true })
  const toId = to || places[0]?.id
  return (
    <Dialog
      open
      title={t('mine.report')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form="burden-report" look="primary" busy={report.busy}>
            {t('r.submit')}
          </Button>
        </>
      }
    >
      <form
        id="burden-report"
        className="q-stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (toId)
            void report.run({ toId, named, kind, title, asker, words, cameOn }).then((done) => done && onClose())
        }}
      >
        {report.error !== null && <Failure error={report.error} />}
        <SelectField
          label={t('r.kind')}
          value={kind}
          onChange={(value) => setKind(value as ReportRow['kind'])}
          choices={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <TextField label={t('r.title')} required minLength={2} maxLength={120} value={title} onChange={setTitle} />
        <TextField label={t('r.asker')} required minLength={2} maxLength={80} value={asker} onChange={setAsker} />
        <TextField label={t('r.came')} type="date" required max={today} value={cameOn} onChange={setCameOn} />
        <TextAreaField label={t('r.words')} required minLength={2} maxLength={1000} value={words} onChange={setWords} />
        <SelectField
          label={t('r.to')}
          value={toId ?? ''}
          onChange={setTo}
          choices={places.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <CheckField label={t('r.named')} hint={t('r.named_hint')} checked={named} onChange={setNamed} />
      </form>
    </Dialog>
  )
}
