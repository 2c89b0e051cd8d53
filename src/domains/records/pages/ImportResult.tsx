/** What a checked roster would do: its figures, its faults by cell, its changes; then to apply it whole. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { one, useAddress, usePathPart } from '../../../ui/address.ts'
import { Button, ButtonLink } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { PageSkeleton } from '../../../ui/Skeleton.tsx'
import { Stat, Stats } from '../../../ui/Stat.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import './records.css'
import { saveFile } from '../../../ui/save-file.ts'
import { ImportRun } from './ImportRun.tsx'
import { ImportSteps } from './ImportSteps.tsx'
import { ImportChanges, ImportFaults } from './ImportTables.tsx'
import { type Imported, KEYS, useRecords } from './records.ts'

const COUNTS = ['added', 'changed', 'moved', 'unchanged', 'faulty'] as const

export default function ImportResult() {
  const id = usePathPart('importId')
  const records = useRecords()
  const answer = useQuery({ queryKey: KEYS.import(id), queryFn: () => records.importOf({ importId: id }) })
  return (
    <Answer of={answer} wait={<PageSkeleton />}>
      {(found) => <Result found={found} />}
    </Answer>
  )
}

function Result({ found }: { found: Imported }) {
  const t = useWords('records')
  const f = useFormat()
  const records = useRecords()
  const [confirming, setConfirming] = useState(false)
  const { importId } = found
  const queries = useQueryClient()
  const [search, change] = useAddress()
  const run = one(search.run)
  const apply = useAct(records.applyRoster, { quiet: true })
  const applied = () => {
    for (const queryKey of [KEYS.import(importId), KEYS.imports, KEYS.people])
      void queries.invalidateQueries({ queryKey })
  }
  const faultyRows = useAct(records.faultyRows)
  const changes = found.added + found.changed + found.moved
  const ready = !run && !found.applied && found.faulty === 0 && changes > 0
  const takeFaulty = async () => {
    const file = await faultyRows.run({ importId, locale: f.locale })
    if (file) saveFile(file, `${t('import.faulty_name')}.xlsx`)
  }
  return (
    <>
      <PageHead
        title={found.fileName}
        documentTitle={t('import.heading')}
        subtitle={t('import.rows', { n: found.rows })}
        back={{ to: '/people/import', label: t('import.heading') }}
        tags={found.applied && <StatusTag tone="done">{t('import.applied')}</StatusTag>}
        acts={
          found.faulty > 0 && (
            <Button icon="download" busy={faultyRows.busy} onClick={() => void takeFaulty()}>
              {t('import.faulty_rows')}
            </Button>
          )
        }
        act={
          ready ? (
            <Button look="primary" icon="check" onClick={() => setConfirming(true)}>
              {t('import.apply')}
            </Button>
          ) : found.applied ? (
            <ButtonLink look="primary" to="/people">
              {t('import.see_people')}
            </ButtonLink>
          ) : (
            <ButtonLink look="primary" icon="upload" to="/people/import">
              {t(found.faulty > 0 ? 'import.corrected' : 'import.another')}
            </ButtonLink>
          )
        }
      />
      <div className="q-stack">
        <ImportSteps at={found.applied ? 'done' : ready || run ? 'apply' : 'check'} />
        {run && !found.applied ? (
          <Card>
            <ImportRun runId={run} title={t('import.applying')} onDone={applied}>
              <Button onClick={() => change({ run: undefined })}>{t('import.back_to_result')}</Button>
            </ImportRun>
          </Card>
        ) : found.applied ? (
          <Notice tone="done" title={t('import.applied_note')} />
        ) : found.faulty > 0 ? (
          <Notice tone="alert" title={t('import.has_faults', { n: found.faulty })}>
            {t('import.has_faults_text')}
          </Notice>
        ) : changes === 0 ? (
          <Notice title={t('import.nothing')}>{t('import.nothing_text')}</Notice>
        ) : (
          <Notice tone="done" title={t('import.ready')}>
            {t('import.ready_text')}
          </Notice>
        )}
        <Stats>
          {COUNTS.map((key) => (
            <Stat
              key={key}
              label={t(`import.${key}`)}
              value={f.number(found[key])}
              unit={t('import.unit')}
              {...(key === 'faulty' && found.faulty > 0 ? { tone: 'alert' as const } : {})}
            />
          ))}
        </Stats>
        {found.notices.length > 0 && <Notices found={found} />}
        {found.faults.length > 0 && <ImportFaults found={found} />}
        {found.changes.length > 0 && <ImportChanges found={found} />}
      </div>
      <ConfirmWithReason
        open={confirming}
        title={t('import.apply')}
        confirm={t('import.apply')}
        reason="none"
        busy={apply.busy}
        error={apply.error}
        onClose={() => setConfirming(false)}
        onConfirm={async () => {
          const asked = await apply.run({ importId })
          if (!asked) return
          setConfirming(false)
          change({ run: asked.runId })
        }}
      >
        <p>{t('import.confirm', { added: found.added, changed: found.changed, moved: found.moved })}</p>
        <p className="q-quiet">{t('import.confirm_hint')}</p>
      </ConfirmWithReason>
    </>
  )
}

/** What is not an error but worth knowing: a column that was not used, hidden rows or a worksheet left out. */
function Notices({ found }: { found: Imported }) {
  const english = useFormat().locale === 'en'
  const said = found.notices.map(({ zh, en }) => (english ? en : zh))
  return (
    <Notice>
      {said.length === 1 ? (
        said[0]
      ) : (
        <ul className="q-reasons">
          {said.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
