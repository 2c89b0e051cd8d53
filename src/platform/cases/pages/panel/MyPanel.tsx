/** A meeting for a member, mostly on a phone: read, leave a case, vote, check one's ballot, sign the minutes. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { useLocale } from '../../../../ui/locale.ts'
import { Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { CheckBallots } from './CheckBallots.tsx'
import { EVERY_FEW_SECONDS, MY_PANEL, type Sitting, type SittingCase, STATE_TONE, useCases } from './meeting.ts'
import { QuorumRule } from './Quorum.tsx'
import { SignMinutes } from './SignMinutes.tsx'
import { SittingCaseCard } from './SittingCaseCard.tsx'
import './panel.css'

export default function MyPanel() {
  const panelId = usePathPart('panelId')
  const cases = useCases()
  const locale = useLocale()
  const panel = useQuery({
    queryKey: [...MY_PANEL, panelId, locale],
    queryFn: () => cases.myPanel({ panelId, locale }),
    refetchInterval: ({ state }) => (state.data?.state === 'signed' ? false : EVERY_FEW_SECONDS),
  })
  return (
    <Answer of={panel} height={480}>
      {(data) => <Sat panel={data} />}
    </Answer>
  )
}

function Sat({ panel }: { panel: Sitting }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const absent = panel.state !== 'open' && !panel.me.present
  // What can be voted on now stands first.
  const place = (line: SittingCase) =>
    line.state === 'counted' ? 3 : line.state === 'waiting' ? 1 : line.voted || line.recused ? 2 : 0
  const agenda = panel.agenda.toSorted((a, b) => place(a) - place(b) || a.nth - b.nth)
  return (
    <>
      <PageHead
        title={panel.name}
        subtitle={f.dotted([say(panel.callTitle), say(panel.stageTitle), f.longDate(panel.heldOn), panel.place])}
        back={{ to: '/my/panels', label: t('panel.mine') }}
        tags={<StatusTag tone={STATE_TONE[panel.state]}>{t(`panel.state.${panel.state}`)}</StatusTag>}
      />
      <div className="panel-page panel-mine">
        {absent && <Notice tone="wait">{t('panel.you_absent')}</Notice>}
        {panel.state === 'open' && <Notice>{t('panel.you_open')}</Notice>}
        <SignMinutes panel={panel} />
        <section aria-label={t('panel.agenda', { n: agenda.length })} className="panel-cases">
          {agenda.map((line) => (
            <SittingCaseCard key={line.applicationId} panel={panel} line={line} />
          ))}
        </section>
        <CheckBallots panel={panel} />
        <Card title={t('panel.members')}>
          <QuorumRule panel={panel} />
          <ul className="panel-members">
            {panel.members.map(({ name, employer, chair, present }) => (
              <li key={`${name} ${employer}`}>
                <span>
                  {name} {chair && <Tag>{t('panel.chair')}</Tag>}
                  <small>{employer}</small>
                </span>
                {present !== null && (
                  <StatusTag tone={present ? 'done' : 'off'}>{t(present ? 'panel.present' : 'panel.absent')}</StatusTag>
                )}
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  )
}
