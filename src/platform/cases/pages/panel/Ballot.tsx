/** Three large answers, asked back once: a ballot cannot be taken back. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { MY_PANEL, MY_PANELS, type SittingCase, useCases } from './meeting.ts'
import { keepReceipt } from './receipts.ts'

const CHOICES = ['aye', 'no', 'blank'] as const
type Choice = (typeof CHOICES)[number]

export function Ballot({ panelId, line, title }: { panelId: string; line: SittingCase; title: string }) {
  const t = useWords('cases')
  const cases = useCases()
  const [choice, setChoice] = useState<Choice | null>(null)
  const act = useAct(cases.castBallots, {
    done: t('panel.cast'),
    refresh: [MY_PANEL, MY_PANELS, ['nav-count']],
    quiet: true,
  })
  const close = () => {
    act.reset()
    setChoice(null)
  }
  const cast = async () => {
    if (!choice) return
    const { applicationId } = line
    const receipt = keepReceipt(panelId, applicationId)
    if (await act.run({ panelId, ballots: [{ applicationId, choice, receipt }] })) setChoice(null)
  }
  return (
    <>
      <fieldset className="panel-ballot">
        <legend>{t('panel.your_vote')}</legend>
        {CHOICES.map((one) => (
          <button key={one} type="button" className={`panel-choice panel-choice-${one}`} onClick={() => setChoice(one)}>
            <span aria-hidden="true">{{ aye: '✓', no: '✕', blank: '—' }[one]}</span>
            {t(`panel.choice.${one}`)}
          </button>
        ))}
      </fieldset>
      {choice && (
        <Dialog
          open
          title={t('panel.cast_title', { name: title })}
          onClose={close}
          acts={
            <>
              <Button onClick={close}>{t('panel.think_again')}</Button>
              <Button look="primary" busy={act.busy} onClick={() => void cast()}>
                {t('panel.cast_act', { choice: t(`panel.choice.${choice}`) })}
              </Button>
            </>
          }
        >
          <p>{t('panel.cast_what')}</p>
          {act.error !== null && <Failure error={act.error} />}
        </Dialog>
      )}
    </>
  )
}
