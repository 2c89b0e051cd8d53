/** Gives one's place in an open class back, before it begins: the next in line gets it. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import './my.css'
import { CLASSES_CHANGED, nameIn, useTraining } from './training.ts'

export function LeaveClass({ of }: { of: { classId: string; name: string; nameEn: string } }) {
  const t = useWords('training')
  const { locale } = useFormat()
  const training = useTraining()
  const [open, setOpen] = useState(false)
  const leave = useAct(training.leaveClass, { quiet: true, done: t('my.left'), refresh: CLASSES_CHANGED })
  const close = () => {
    leave.reset()
    setOpen(false)
  }
  return (
    <div className="my-acts my-acts-quiet">
      <Button onClick={() => setOpen(true)}>{t('my.leave_class')}</Button>
      {open && (
        <ConfirmWithReason
          open
          danger
          title={t('my.leave_class')}
          confirm={t('my.leave_class_confirm')}
          reasonHint={t('my.leave_class_hint')}
          busy={leave.busy}
          error={leave.error}
          onConfirm={async (reason) => {
            if (await leave.run({ classId: of.classId, reason })) close()
          }}
          onClose={close}
        >
          <p>{t('my.leave_class_what', { class: nameIn(locale, of) })}</p>
        </ConfirmWithReason>
      )}
    </div>
  )
}
