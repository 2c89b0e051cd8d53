/** Filing: from which day, under which circular, for whom; who holds the same already is seen beforehand. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress, usePathPart } from '../../../../ui/address.ts'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useCandidateColumns } from './candidate-columns.tsx'
import { DESIGNATIONS, FILING, type FiledCase, type Filing, useCases, useToday, WAITING } from './results.ts'
import './results.css'

export default function FileResults() {
  const callId = usePathPart('callId')
  const [search, change] = useAddress()
  const stage = one(search.stage)
  const t = useWords('cases')
  const say = useBilingual()
  const cases = useCases()
  const today = useToday()
  const from = one(search.from) || today
  const filing = useQuery({
    queryKey: [...FILING, callId, stage, from],
    queryFn: () => cases.filing({ callId, stage, from }),
  })
  return (
    <Answer of={filing} height={480}>
      {(data) => (
        <>
          <PageHead
            title={say(data.callTitle)}
            subtitle={say(data.stageTitle)}
            back={{ to: '/decisions', label: t('results.waiting') }}
          />
          <div className="results-page">
            <Card title={t('results.result')}>
              <Facts
                columns={3}
                items={[
                  { label: t('results.designation'), value: say(data.result.title) },
                  { label: t('results.level'), value: t(`results.level.${data.result.level}`) },
                  {
                    label: t('results.years'),
                    value:
                      data.result.years === null
                        ? t('results.lasting')
                        : t('results.years_n', { n: data.result.years }),
                  },
                  {
                    label: t('results.certificate'),
                    value: t(data.result.certificate ? 'results.with_certificate' : 'results.without_certificate'),
                  },
                  ...(data.result.duties.length > 0
                    ? [{ label: t('results.duties'), value: data.result.duties.map(say).join('；') }]
                    : []),
                ]}
              />
              <div className="results-fields">
                <TextField
                  label={t('results.from')}
                  hint={t('results.from_hint')}
                  type="date"
                  value={from}
                  onChange={(day) => change({ from: day }, { replace: true })}
                />
              </div>
            </Card>
            <ToFile of={data} from={from} />
          </div>
        </>
      )}
    </Answer>
  )
}

type Asking = { ids: string[]; settle: (done: boolean) => void }

function ToFile({ of, from }: { of: Filing; from: string }) {
  const t = useWords('cases')
  const f = useFormat()
  const columns = useCandidateColumns(of.rows)
  const [asking, setAsking] = useState<Asking | null>(null)
  return (
    <>
      <DataTable<FiledCase>
        caption={t('results.to_file')}
        queryKey={[...FILING, of.callId, of.stage, 'table', of.rows]}
        rowKey={({ applicationId }) => applicationId}
        rowName={({ name }) => name}
        load={async () => ({ rows: of.rows, next: null, total: of.rows.length })}
        columns={[
          ...columns,
          {
            key: 'held',
            title: t('results.held'),
            cell: ({ held }) =>
              held === null ? (
                <StatusTag tone="done">{t('results.free')}</StatusTag>
              ) : (
                <StatusTag tone="alert">
                  {held.until === null
                    ? t('results.held_lasting')
                    : t('results.held_until', { until: f.isoDate(held.until) })}
                </StatusTag>
              ),
            card: 'trailing',
          },
        ]}
        bulk={[
          {
            key: 'file',
            label: t('results.file'),
            icon: 'archive',
            run: (ids) => new Promise<boolean>((settle) => setAsking({ ids, settle })),
          },
        ]}
        empty={{ title: t('results.file_none'), hint: t('results.nothing_waits_hint') }}
      />
      {asking && (
        <FileDialog
          of={of}
          from={from}
          ids={asking.ids}
          onClose={(done) => {
            asking.settle(done)
            setAsking(null)
          }}
        />
      )}
    </>
  )
}

function FileDialog({
  of,
  from,
  ids,
  onClose,
}: {
  of: Filing
  from: string
  ids: string[]
  onClose: (done: boolean) => void
}) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const cases = useCases()
  const [circular, setCircular] = useState('')
  const act = useAct(cases.fileCases, {
    done: ({ filed, firstCertificate, lastCertificate }) =>
      firstCertificate
        ? t('results.filed_with', { n: filed, first: firstCertificate, last: lastCertificate ?? firstCertificate })
        : t('results.filed', { n: filed }),
    refresh: [FILING, WAITING, DESIGNATIONS, ['nav-count']],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      title={t('results.file_title', { n: ids.length })}
      confirm={t('results.file')}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={() => onClose(false)}
      onConfirm={async () => {
        const { callId, stage } = of
        const done = await act.run({ callId, stage, applicationIds: ids, from, ...(circular ? { circular } : {}) })
        if (done) onClose(true)
      }}
    >
      <p>
        {t('results.file_what', {
          title: say(of.result.title),
          from: f.date(from),
          years: of.result.years ?? 0,
        })}
      </p>
      <TextField
        label={t('results.circular')}
        hint={t('results.circular_hint')}
        placeholder="黔教发〔2023〕18号"
        maxLength={120}
        value={circular}
        onChange={setCircular}
      />
    </ConfirmWithReason>
  )
}
