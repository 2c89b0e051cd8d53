/** One round: copies, assignment, progress, and how experts score beside each other. */
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { Empty, Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import { Tag } from '../../../../ui/Tag.tsx'
import { AssignDialog } from './AssignDialog.tsx'
import { Calibration } from './Calibration.tsx'
import { ExportScores } from './ExportScores.tsx'
import { Papers } from './Papers.tsx'
import { Progress } from './Progress.tsx'
import { RoundStats } from './Rounds.tsx'
import { ROUND_CHANGED, type Round, useCases, useRounds } from './reviewing.ts'
import './review.css'

export default function RoundPage() {
  const t = useWords('cases')
  const at = { callId: usePathPart('callId'), stage: usePathPart('stage') }
  const rounds = useRounds()
  return (
    <Answer of={rounds}>
      {(rows) => {
        const row = rows.find(({ callId, stage }) => callId === at.callId && stage === at.stage)
        if (row) return <Whole row={row} />
        return (
          <>
            <PageHead title={t('review.rounds')} back={{ label: t('review.rounds'), to: '/reviews/rounds' }} />
            <Empty title={t('review.round_gone')} hint={t('review.rounds_empty_hint')} />
          </>
        )
      }}
    </Answer>
  )
}

function Whole({ row }: { row: Round }) {
  const t = useWords('cases')
  const of = useBilingual()
  const cases = useCases()
  const [assigning, setAssigning] = useState(false)
  const at = { callId: row.callId, stage: row.stage }
  const prepare = useAct(cases.preparePapers, {
    done: ({ made, held, unread }) => t('review.prepared', { made, held, unread }),
    refresh: ROUND_CHANGED,
  })
  const remind = useAct(cases.remindLate, {
    done: ({ reminded, before }) => t('review.reminded', { n: reminded, before }),
    refresh: ROUND_CHANGED,
  })
  const [exporting, setExporting] = useState(false)
  const toPrepare = row.waiting - row.papers
  return (
    <>
      <PageHead
        title={`${of(row.call)} · ${of(row.title)}`}
        subtitle={t('review.round_about', { n: row.reviews })}
        tags={<Tag>{t(`review.blind.${row.blind}`)}</Tag>}
        back={{ label: t('review.rounds'), to: '/reviews/rounds' }}
        act={
          toPrepare > 0 ? (
            <Button look="primary" icon="copy" busy={prepare.busy} onClick={() => void prepare.run(at)}>
              {t('review.prepare', { n: toPrepare })}
            </Button>
          ) : row.lacking > 0 ? (
            <Button look="primary" icon="people" onClick={() => setAssigning(true)}>
              {t('review.assign', { n: row.lacking })}
            </Button>
          ) : undefined
        }
        acts={
          <>
            {row.late > 0 && (
              <Button icon="bell" busy={remind.busy} onClick={() => void remind.run(at)}>
                {t('review.remind_late')}
              </Button>
            )}
            {row.open + row.submitted > 0 && (
              <Button icon="download" onClick={() => setExporting(true)}>
                {t('review.export_scores')}
              </Button>
            )}
          </>
        }
      />
      <div className="q-stack">
        <RoundStats row={row} />
        {toPrepare > 0 && (
          <Notice tone="info" title={t('review.prepare_about')}>
            {t('review.prepare_hint')}
          </Notice>
        )}
        <Tabs
          label={t('review.parts')}
          items={[
            { key: 'papers', label: t('review.papers'), content: <Papers at={at} /> },
            { key: 'progress', label: t('review.progress'), content: <Progress at={at} /> },
            { key: 'calibration', label: t('review.calibration'), content: <Calibration at={at} /> },
          ]}
        />
        {exporting && <ExportScores at={at} onClose={() => setExporting(false)} />}
        {assigning && <AssignDialog at={at} onClose={() => setAssigning(false)} />}
      </div>
    </>
  )
}
