/** One call as an office sees it: where its cases stand and since when, who is late, which places are left, and the cases themselves. */
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress, usePathPart } from '../../../../ui/address.ts'
import { Button, TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Stat, Stats } from '../../../../ui/Stat.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { CaseList } from './CaseList.tsx'
import { Funnel } from './Funnel.tsx'
import { KEYS, type PipelineView, useCases } from './handling.ts'
import { useOrgName } from './States.tsx'
import './office.css'

export default function Pipeline() {
  const callId = usePathPart('callId')
  const [search] = useAddress()
  const cases = useCases()
  const view = useQuery({ queryKey: [...KEYS.call, callId], queryFn: () => cases.pipeline({ callId }) })
  // A to-do about one case names it beside its call.
  const applicationId = one(search.application)
  if (applicationId)
    return (
      <Navigate to={'/cases/$callId/$applicationId' as string} params={{ callId, applicationId } as never} replace />
    )
  return (
    <Answer of={view} height={480}>
      {(seen) => <View view={seen} />}
    </Answer>
  )
}

function View({ view }: { view: PipelineView }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const orgName = useOrgName()
  const { call, heaps } = view
  const sum = (states: readonly string[]) =>
    heaps.filter(({ state }) => states.includes(state)).reduce((n, heap) => n + heap.n, 0)
  const overdue = heaps.reduce((n, heap) => n + heap.overdue, 0)
  const to = (search: Record<string, string>) => ({ to: '/cases/$callId', params: { callId: call.id }, search })
  return (
    <>
      <PageHead
        title={pick(call.title)}
        subtitle={f.dotted([orgName(call), t('office.opens', { date: f.date(call.opensOn) })])}
        back={{ to: '/cases', search: { part: 'calls' }, label: t('office.title') }}
        {...(call.state === 'ended' ? { tags: <StatusTag tone="off">{t('office.call_ended')}</StatusTag> } : {})}
        acts={<Papers callId={call.id} />}
      />
      <div className="q-stack">
        <Stats>
          <Stat label={t('office.stat.all')} value={f.number(heaps.reduce((n, heap) => n + heap.n, 0))} />
          <Stat label={t('office.state.waiting')} value={f.number(sum(['waiting']))} go={to({ state: 'waiting' })} />
          <Stat
            label={t('office.stat.overdue')}
            value={f.number(overdue)}
            {...(overdue > 0 ? { tone: 'alert' as const, go: to({ overdue: '1' }) } : {})}
          />
          <Stat label={t('office.state.filed')} value={f.number(sum(['filed']))} go={to({ state: 'filed' })} />
          <Stat label={t('office.state.refused')} value={f.number(sum(['refused']))} go={to({ state: 'refused' })} />
        </Stats>
        <Card title={t('office.funnel')}>
          <Funnel view={view} />
        </Card>
        {(view.late.length > 0 || view.quotas.length > 0) && (
          <div className="of-sides">
            {view.late.length > 0 && <Late view={view} />}
            {view.quotas.length > 0 && <Places view={view} />}
          </div>
        )}
        <CaseList view={view} />
      </div>
    </>
  )
}

function Papers({ callId }: { callId: string }) {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const summary = useAct(async () => saveFile(await cases.printSummary({ callId, locale: f.locale }), 'summary.pdf'))
  return (
    <Button icon="print" busy={summary.busy} onClick={() => void summary.run(undefined as never)}>
      {t('office.paper.summary')}
    </Button>
  )
}

/** Offices that let terms pass, the longest first. */
function Late({ view }: { view: PipelineView }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const orgName = useOrgName()
  const titleOf = (id: string) => view.call.stages.find((stage) => stage.id === id)?.title
  return (
    <Card title={t('office.late')}>
      <Scrolling>
        <thead>
          <tr>
            <th scope="col">{t('office.column.office')}</th>
            <th scope="col">{t('office.column.stage')}</th>
            <th scope="col" className="of-end">
              {t('office.overdue')}
            </th>
            <th scope="col">{t('office.column.since_due')}</th>
          </tr>
        </thead>
        <tbody>
          {view.late.map((row) => (
            <tr key={`${row.orgId}${row.role}${row.stage}`}>
              <td>
                <TextLink
                  to="/cases/$callId"
                  params={{ callId: view.call.id }}
                  search={{ stage: row.stage, org: row.orgId, overdue: '1' }}
                >
                  {f.dotted([orgName(row), t(`office.role.${row.role}`)])}
                </TextLink>
              </td>
              <td>{pick(titleOf(row.stage) ?? { zh: row.stage, en: row.stage })}</td>
              <td className="of-end q-num">{f.number(row.overdue)}</td>
              <td className="q-num">{f.isoDate(row.oldestDue)}</td>
            </tr>
          ))}
        </tbody>
      </Scrolling>
    </Card>
  )
}

function Places({ view }: { view: PipelineView }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const orgName = useOrgName()
  const titleOf = (list: readonly { id: string; title: { zh: string; en: string } }[], id: string | null) => {
    const found = list.find((one) => one.id === id)
    return found ? pick(found.title) : id
  }
  return (
    <Card title={t('office.places')}>
      <Scrolling>
        <thead>
          <tr>
            <th scope="col">{t('office.column.org')}</th>
            <th scope="col">{t('office.column.stage')}</th>
            <th scope="col" className="of-end">
              {t('office.column.taken')}
            </th>
            <th scope="col" className="of-end">
              {t('office.column.waiting')}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.quotas.map((row) => (
            <tr key={`${row.orgId}${row.stage}${row.track}`}>
              <td>{f.dotted([orgName(row), row.track && titleOf(view.call.tracks, row.track)])}</td>
              <td>{titleOf(view.call.stages, row.stage)}</td>
              <td className="of-end q-num">{t('office.of_n', { n: f.number(row.taken), of: f.number(row.places) })}</td>
              <td className="of-end">
                {row.taken + row.waiting > row.places ? (
                  <StatusTag tone="alert">{f.number(row.waiting)}</StatusTag>
                ) : (
                  <span className="q-num">{f.number(row.waiting)}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Scrolling>
    </Card>
  )
}

function Scrolling({ children }: { children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className="of-preview" tabIndex={0}>
      <table>{children}</table>
    </div>
  )
}
