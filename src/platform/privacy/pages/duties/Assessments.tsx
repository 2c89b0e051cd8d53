/** Assessments of impact that were kept, and a new one. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { usePrivacy } from '../privacy.ts'
import { ASSESSMENTS, type Assessment, useOffice, VERDICT_TONES } from './duties.ts'
import { NewAssessment } from './NewAssessment.tsx'

export function Assessments() {
  const t = useWords('privacy')
  const f = useFormat()
  const can = useCan()
  const office = useOffice()
  const privacy = usePrivacy()
  const kept = useQuery({ queryKey: ASSESSMENTS, queryFn: () => privacy.assessments() })
  const [making, setMaking] = useState(false)
  const [open, setOpen] = useState<Assessment | null>(null)
  const add = can('privacy.duty.write') && office && (
    <Button look="primary" icon="plus" onClick={() => setMaking(true)}>
      {t('assess.new')}
    </Button>
  )
  return (
    <div className="q-stack">
      <Answer of={kept} height={240}>
        {({ rows, months, clause }) => (
          <>
            <p className="q-quiet">{t('assess.kept', { clause: clause ?? '', n: months })}</p>
            <Card flush>
              {rows.length === 0 ? (
                <Empty icon="shield" title={t('assess.none')} hint={t('assess.none_hint')} act={add} />
              ) : (
                <List label={t('duties.assessments')}>
                  {rows.map((row) => (
                    <ListRow
                      key={row.id}
                      title={row.title}
                      meta={f.dotted([
                        row.grounds.map((ground) => t(`ground.${ground}`)).join(t('list_comma')),
                        row.orgName,
                        f.date(row.assessedOn as never),
                        t('assess.until', { until: f.date(row.keepUntil as never) }),
                      ])}
                      onPress={() => setOpen(row)}
                      trailing={<StatusTag tone={VERDICT_TONES[row.verdict]}>{t(`verdict.${row.verdict}`)}</StatusTag>}
                    />
                  ))}
                </List>
              )}
            </Card>
            {rows.length > 0 && <div className="privacy-acts">{add}</div>}
          </>
        )}
      </Answer>
      {making && office && <NewAssessment orgId={office.orgId} onClose={() => setMaking(false)} />}
      {open && <Reading row={open} onClose={() => setOpen(null)} />}
    </div>
  )
}

function Reading({ row, onClose }: { row: Assessment; onClose: () => void }) {
  const t = useWords('privacy')
  const ui = useWords('ui')
  const f = useFormat()
  return (
    <Dialog
      open
      form="sheet"
      title={row.title}
      onClose={onClose}
      acts={<Button onClick={onClose}>{ui('close')}</Button>}
    >
      <Facts
        columns={1}
        items={[
          { label: t('assess.org'), value: row.orgName },
          {
            label: t('assess.grounds'),
            value: row.grounds.map((ground) => t(`ground.${ground}`)).join(t('list_comma')),
          },
          { label: t('assess.lawful'), value: row.lawful },
          { label: t('assess.risks'), value: row.risks },
          { label: t('assess.measures'), value: row.measures },
          { label: t('assess.verdict'), value: t(`verdict.${row.verdict}`) },
          {
            label: t('assess.on'),
            value: f.dotted([
              f.date(row.assessedOn as never),
              row.byName,
              t('assess.until', { until: f.date(row.keepUntil as never) }),
            ]),
          },
        ]}
      />
    </Dialog>
  )
}
