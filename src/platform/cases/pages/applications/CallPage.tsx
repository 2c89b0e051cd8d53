/** A call before one begins: what it is, until when, whether one may apply and why, and what will be asked for. */
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty, Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useSession, useSignedIn } from '../../../../ui/session.tsx'
import { clauseOf } from '../../../../ui/why-answer.ts'
import { CHANGED, listPath, type OpenCall, useApplying, useOpenCalls, useWhose } from './applying.ts'
import { StandingRows } from './StandingRows.tsx'
import { Eligible } from './states.tsx'
import './applications.css'

export default function CallPage() {
  return <CallView />
}

export function CallView({ org, choosing }: { org?: string; choosing?: ReactNode }) {
  const t = useWords('cases')
  const callId = usePathPart('callId')
  const whose = useWhose()
  const calls = useOpenCalls()
  const back = { to: listPath(whose !== null), label: t(whose ? 'applications.of_school' : 'applications.mine') }
  return (
    <Answer of={calls} height={420}>
      {(rows) => {
        const call = rows.find((each) => each.callId === callId)
        return call ? (
          <Open call={call} back={back} org={org} choosing={choosing} />
        ) : (
          <>
            <PageHead title={t('applications.call')} back={back} />
            {choosing}
            <Empty icon="flag" title={t('applications.not_open')} hint={t('applications.not_open_hint')} />
          </>
        )
      }}
    </Answer>
  )
}

type Back = { to: string; label: string }

function Open({
  call,
  back,
  org,
  choosing,
}: {
  call: OpenCall
  back: Back
  org: string | undefined
  choosing: ReactNode
}) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const { title, about, clause, closesAt, judgedOn, opensOn, materials, ways, own } = call
  const [chosen, choose] = useState(
    () =>
      (
        ways.find(({ standing }) => standing.eligible) ??
        ways.find(({ standing }) => standing.eligible === null) ??
        ways[0]!
      ).track?.id,
  )
  const way = ways.find(({ track }) => track?.id === chosen) ?? ways[0]!
  const owner = f.locale === 'en' && call.org.nameEn ? call.org.nameEn : call.org.name
  return (
    <div className="app-page">
      <PageHead title={say(title)} subtitle={f.dotted([owner, org])} back={back} />
      {choosing}
      {about && <p>{say(about)}</p>}
      <Facts
        items={[
          { label: t('applications.closes'), value: closesAt ? f.dateTime(closesAt) : t('applications.no_deadline') },
          { label: t('applications.judged_on'), value: f.date(judgedOn) },
          {
            label: t('applications.basis'),
            value: (
              <>
                {clause.document} <Clause clause={clauseOf(clause, 'F')} label={say(title)} />
              </>
            ),
          },
          {
            label: t('applications.materials'),
            value:
              materials.length === 0
                ? t('applications.no_materials')
                : f.list(
                    materials.map((one) =>
                      one.required ? say(one.title) : t('applications.optional', { title: say(one.title) }),
                    ),
                  ),
          },
        ]}
      />
      {ways.length > 1 && (
        <fieldset className="app-ways">
          <legend>{t('applications.way')}</legend>
          {ways.map(({ track, standing }) => (
            <label key={track!.id}>
              <input type="radio" name="way" checked={track!.id === chosen} onChange={() => choose(track!.id)} />
              <span>{say(track!.title)}</span>
              <Eligible eligible={standing.eligible} />
            </label>
          ))}
        </fieldset>
      )}
      <Conditions way={way} judgedOn={judgedOn} />
      <Begin call={call} way={way} opensOn={opensOn} own={own} />
    </div>
  )
}

function Conditions({ way, judgedOn }: { way: OpenCall['ways'][number]; judgedOn: string }) {
  const t = useWords('cases')
  const whose = useWhose()
  const session = useSession()
  const about = whose
    ? { kind: 'organisation' as const, id: whose.orgId }
    : { kind: 'person' as const, id: session?.person?.id ?? '' }
  return (
    <Card title={t('applications.conditions')} extra={<Eligible eligible={way.standing.eligible} />}>
      <StandingRows standing={way.standing} about={about} asOf={judgedOn} />
    </Card>
  )
}

function Begin({
  call,
  way,
  opensOn,
  own,
}: {
  call: OpenCall
  way: OpenCall['ways'][number]
  opensOn: string
  own: OpenCall['own']
}) {
  const t = useWords('cases')
  const f = useFormat()
  const whose = useWhose()
  const { clock } = useSignedIn()
  const navigate = useNavigate()
  const applying = useApplying(whose !== null)
  const start = useAct(applying.startApplication, { refresh: CHANGED })
  if (own)
    return (
      <ButtonLink look="primary" wide {...{ to: '/my/applications/$applicationId', params: { applicationId: own.id } }}>
        {t('applications.see_own')}
      </ButtonLink>
    )
  if (f.isoDate(new Date(clock.now)) < opensOn)
    return <Notice tone="wait" title={t('applications.opens', { date: f.date(opensOn) })} />
  const begin = async () => {
    const begun = await start.run({
      callId: call.callId,
      ...(way.track ? { track: way.track.id } : {}),
      ...(whose ?? {}),
    })
    if (begun) void navigate({ to: `/my/applications/${begun.applicationId}` })
  }
  const no = way.standing.eligible === false
  return (
    <div className="app-begin">
      {no && <Notice tone="alert" title={t('applications.no_hint')} />}
      <Button look={no ? 'plain' : 'primary'} wide busy={start.busy} onClick={() => void begin()}>
        {t('applications.begin')}
      </Button>
      <p className="q-quiet">{t('applications.begin_hint')}</p>
    </div>
  )
}
