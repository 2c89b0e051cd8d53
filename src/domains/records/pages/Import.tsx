/** Roster import, first two steps: take the template, hand the filled file in; nothing is changed by that. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Answer } from '../../../ui/Answer.tsx'
import { one, useAddress } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { UploadExcel } from '../../../ui/office/UploadExcel.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import './records.css'
import { saveFile } from '../../../ui/save-file.ts'
import { ImportRun } from './ImportRun.tsx'
import { ImportSteps } from './ImportSteps.tsx'
import { KEYS, useRecords } from './records.ts'

/** The largest workbook that the contract takes. */
const MOST_BYTES = 64 * 2 ** 20

export default function Import() {
  const t = useWords('records')
  const [search, change] = useAddress()
  const run = one(search.run)
  return (
    <>
      <PageHead
        title={t('import.heading')}
        subtitle={t('import.subtitle')}
        back={{ to: '/people', label: t('people.heading') }}
      />
      <div className="q-stack">
        <ImportSteps at={run ? 'check' : 'file'} />
        {run ? (
          <Running runId={run} onAgain={() => change({ run: undefined })} />
        ) : (
          <Begin onRun={(runId) => change({ run: runId })} />
        )}
        <Earlier />
      </div>
    </>
  )
}

function Begin({ onRun }: { onRun: (runId: string) => void }) {
  const t = useWords('records')
  const f = useFormat()
  const records = useRecords()
  const template = useAct(records.template)
  const take = async () => {
    const file = await template.run({ locale: f.locale })
    if (file) saveFile(file, `${t('import.template_name')}.xlsx`)
  }
  return (
    <div className="rec-begin">
      <Card title={t('import.step_template')}>
        <div className="q-stack">
          <p>{t('import.template_text')}</p>
          <div>
            <Button icon="download" busy={template.busy} onClick={() => void take()}>
              {t('import.template')}
            </Button>
          </div>
        </div>
      </Card>
      <Card title={t('import.step_file')}>
        <UploadExcel<{ runId: string }>
          maxBytes={MOST_BYTES}
          send={async (file, onSent, signal) => {
            const answer = await records.checkRoster({ file }, { signal })
            onSent(file.size)
            return answer
          }}
          hint={t('import.file_hint')}
          onDone={({ runId }) => onRun(runId)}
        />
      </Card>
    </div>
  )
}

function Running({ runId, onAgain }: { runId: string; onAgain: () => void }) {
  const t = useWords('records')
  const navigate = useNavigate()
  const queries = useQueryClient()
  return (
    <Card title={t('import.step_check')}>
      <ImportRun
        runId={runId}
        title={t('import.checking')}
        onDone={(result) => {
          const { importId } = result as { importId: string }
          void queries.invalidateQueries({ queryKey: KEYS.imports })
          void navigate({
            to: '/people/import/$importId',
            params: { importId },
            replace: true,
          } as unknown as { to: string })
        }}
      >
        <Button onClick={onAgain}>{t('import.again')}</Button>
      </ImportRun>
    </Card>
  )
}

function Earlier() {
  const t = useWords('records')
  const f = useFormat()
  const records = useRecords()
  const imports = useQuery({ queryKey: KEYS.imports, queryFn: () => records.imports() })
  return (
    <Card title={t('import.earlier')} flush>
      <Answer of={imports} height={120}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t('import.none')} icon="upload" />
          ) : (
            <List label={t('import.earlier')}>
              {rows.map((row) => (
                <ListRow
                  key={row.importId}
                  title={row.fileName}
                  meta={f.dotted([f.dateTime(row.createdAt), t('import.counts', row)])}
                  trailing={
                    row.applied ? (
                      <StatusTag tone="done">{t('import.applied')}</StatusTag>
                    ) : row.faulty > 0 ? (
                      <StatusTag tone="alert">{t('import.faulty_n', { n: row.faulty })}</StatusTag>
                    ) : (
                      <StatusTag tone="wait">{t('import.waits')}</StatusTag>
                    )
                  }
                  go={{ to: '/people/import/$importId', params: { importId: row.importId } }}
                />
              ))}
            </List>
          )
        }
      </Answer>
    </Card>
  )
}
