/** A meeting for the office that convened it: who comes, what lies before it, votes opened and counted, minutes. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { Stepper } from '../../../../ui/Timeline.tsx'
import { Agenda } from './Agenda.tsx'
import { Members } from './Members.tsx'
import { EVERY_FEW_SECONDS, PANEL, PANELS, type Panel, STATE_TONE, useCases } from './meeting.ts'
import './panel.css'

const STATES = ['open', 'sitting', 'closed', 'signed'] as const

export default function PanelPage() {
  const panelId = usePathPart('panelId')
  const cases = useCases()
  const panel = useQuery({
    queryKey: [...PANEL, panelId],
    queryFn: () => cases.panel({ panelId }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'sitting' || state.data?.state === 'closed' ? EVERY_FEW_SECONDS : false,
  })
  return (
    <Answer of={panel} height={480}>
      {(data) => <Meeting panel={data} />}
    </Answer>
  )
}

function Meeting({ panel }: { panel: Panel }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const now = STATES.indexOf(panel.state)
  return (
    <>
      <PageHead
        title={panel.name}
        subtitle={f.dotted([say(panel.callTitle), say(panel.stageTitle), f.longDate(panel.heldOn), panel.place])}
        back={{ to: '/panels', label: t('panel.title') }}
        tags={<StatusTag tone={STATE_TONE[panel.state]}>{t(`panel.state.${panel.state}`)}</StatusTag>}
        acts={<Acts panel={panel} />}
      />
      <div className="panel-page">
        <Stepper
          label={t('panel.course')}
          steps={STATES.map((state, at) => ({
            key: state,
            label: t(`panel.step.${state}`),
            state: at < now || panel.state === 'signed' ? 'done' : at === now ? 'now' : 'later',
          }))}
        />
        {panel.state === 'open' && panel.notListed > 0 && <NotListed panel={panel} />}
        <Members panel={panel} />
        <Agenda panel={panel} />
      </div>
    </>
  )
}

function NotListed({ panel }: { panel: Panel }) {
  const t = useWords('cases')
  const cases = useCases()
  const refill = useAct(cases.refillAgenda, { done: ({ cases: n }) => t('panel.refilled', { n }), refresh: [PANEL] })
  return (
    <Notice
      tone="wait"
      act={
        <Button small busy={refill.busy} onClick={() => void refill.run({ panelId: panel.id })}>
          {t('panel.refill')}
        </Button>
      }
    >
      {t('panel.not_listed', { n: panel.notListed })}
    </Notice>
  )
}

function Acts({ panel }: { panel: Panel }) {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'drop' | 'close' | null>(null)
  const refresh = [PANELS, PANEL] as const
  const drop = useAct(cases.dropPanel, { done: t('panel.dropped'), refresh: [PANELS], quiet: true })
  const close = useAct(cases.closePanel, { done: ({ label }) => t('panel.closed', { label }), refresh, quiet: true })
  const print = useAct(cases.minutes)
  const act = asking === 'drop' ? drop : close
  return (
    <>
      {panel.state === 'open' && (
        <Button look="quiet" icon="trash" onClick={() => setAsking('drop')}>
          {t('panel.drop')}
        </Button>
      )}
      {panel.state === 'sitting' && (
        <Button icon="seal" onClick={() => setAsking('close')}>
          {t('panel.close')}
        </Button>
      )}
      {panel.minutes && (
        <Button
          icon="download"
          busy={print.busy}
          onClick={async () => {
            const file = await print.run({ panelId: panel.id, locale: f.locale })
            if (file) saveFile(file, `${panel.minutes?.label}.pdf`)
          }}
        >
          {t('panel.minutes_pdf')}
        </Button>
      )}
      {asking && (
        <ConfirmWithReason
          open
          danger={asking === 'drop'}
          title={t(`panel.${asking}`)}
          confirm={t(`panel.${asking}`)}
          reason="none"
          busy={act.busy}
          error={act.error}
          onClose={() => {
            act.reset()
            setAsking(null)
          }}
          onConfirm={async () => {
            const done = await act.run({ panelId: panel.id })
            if (!done) return
            setAsking(null)
            if (asking === 'drop') void navigate({ to: '/panels' })
          }}
        >
          <p>{t(`panel.${asking}_what`)}</p>
        </ConfirmWithReason>
      )}
    </>
  )
}
