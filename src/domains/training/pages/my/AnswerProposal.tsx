/** A school's proposal: accept it, or say why one cannot come. Until the district confirms, an acceptance can be taken back. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import './my.css'
import { CLASSES_CHANGED, type MyClass, nameIn, useTraining } from './training.ts'

/** `quietly` where another act on the screen is the primary one. */
export function AnswerProposal({ of, quietly = false }: { of: MyClass; quietly?: boolean }) {
  const t = useWords('training')
  const training = useTraining()
  const accept = useAct(training.answer, { done: t('my.answer.accepted'), refresh: CLASSES_CHANGED })
  return (
    <div className="my-acts">
      <Button
        look={quietly ? 'plain' : 'primary'}
        icon="check"
        busy={accept.busy}
        onClick={() => void accept.run({ classId: of.classId, accept: true })}
      >
        {t('my.answer.accept')}
      </Button>
      <Decline of={of} />
    </div>
  )
}

export function Decline({ of }: { of: MyClass }) {
  const t = useWords('training')
  const { locale } = useFormat()
  const training = useTraining()
  const [open, setOpen] = useState(false)
  const decline = useAct(training.answer, { quiet: true, done: t('my.answer.declined'), refresh: CLASSES_CHANGED })
  const close = () => {
    decline.reset()
    setOpen(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('my.answer.decline')}</Button>
      {open && (
        <ConfirmWithReason
          open
          title={t('my.answer.decline_title')}
          confirm={t('my.answer.decline_confirm')}
          reasonLabel={t('my.answer.why')}
          reasonHint={t('my.answer.why_hint')}
          busy={decline.busy}
          error={decline.error}
          onConfirm={async (reason) => {
            if (await decline.run({ classId: of.classId, accept: false, reason })) close()
          }}
          onClose={close}
        >
          <p>{t('my.answer.decline_what', { class: nameIn(locale, of) })}</p>
        </ConfirmWithReason>
      )}
    </>
  )
}
