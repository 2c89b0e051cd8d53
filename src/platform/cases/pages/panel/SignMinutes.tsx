/** The minutes, to be read as printed and signed by whoever was present. */
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { MY_PANEL, MY_PANELS, type Sitting, useCases } from './meeting.ts'

export function SignMinutes({ panel }: { panel: Sitting }) {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const sign = useAct(cases.signMinutes, { done: t('panel.signed'), refresh: [MY_PANEL, MY_PANELS, ['nav-count']] })
  const print = useAct(cases.sittingMinutes)
  const { minutes, me } = panel
  if (!minutes) return null
  const mine = panel.state === 'closed' && me.present === true && me.signedAt === null
  return (
    <Notice
      tone={mine ? 'wait' : 'done'}
      title={t('panel.minutes', { label: minutes.label })}
      act={
        <>
          <Button
            icon="download"
            busy={print.busy}
            onClick={async () => {
              const file = await print.run({ panelId: panel.id, locale: f.locale })
              if (file) saveFile(file, `${minutes.label}.pdf`)
            }}
          >
            {t('panel.minutes_pdf')}
          </Button>
          {mine && (
            <Button
              look="primary"
              busy={sign.busy}
              onClick={() => void sign.run({ panelId: panel.id, digest: minutes.digest })}
            >
              {t('panel.sign')}
            </Button>
          )}
        </>
      }
    >
      {mine
        ? t('panel.sign_what')
        : me.signedAt
          ? t('panel.you_signed', { at: f.dateTime(me.signedAt) })
          : t('panel.minutes_stand')}
    </Notice>
  )
}
