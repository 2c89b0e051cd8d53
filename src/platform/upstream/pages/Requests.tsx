/** Who asks that an account at a provider be theirs: checked by an office that knows them, and approved or refused. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { SelectField, TextAreaField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Empty, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { LinkRequest } from '../contract.ts'
import './upstream.css'
import { REQUESTS, useNameOf, useUpstream } from './upstream.ts'

const TONES = { waiting: 'wait', approved: 'done', refused: 'off', lapsed: 'off' } as const
const CHECKS = ['in_person', 'documents', 'called_back'] as const
type Check = (typeof CHECKS)[number]

export default function Requests() {
  const t = useWords('upstream')
  const upstream = useUpstream()
  const requests = useQuery({ queryKey: REQUESTS, queryFn: () => upstream.requests() })
  const [asked, setAsked] = useState<{ row: LinkRequest; approve: boolean } | null>(null)
  return (
    <div className="upstream-list">
      <PageHead title={t('requests.title')} subtitle={t('requests.subtitle')} />
      <Card flush>
        <Answer of={requests} height={160}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty icon="person" title={t('requests.none')} hint={t('requests.none_hint')} />
            ) : (
              <List label={t('requests.title')}>
                {rows.map((row) => (
                  <One key={row.id} row={row} onDecide={(approve) => setAsked({ row, approve })} />
                ))}
              </List>
            )
          }
        </Answer>
      </Card>
      {asked && <Decide {...asked} onClose={() => setAsked(null)} />}
    </div>
  )
}

function One({ row, onDecide }: { row: LinkRequest; onDecide: (approve: boolean) => void }) {
  const t = useWords('upstream')
  const f = useFormat()
  const can = useCan()
  const nameOf = useNameOf()
  const provider = nameOf({ name: row.providerName, nameEn: row.providerNameEn })
  const mayDecide = row.state === 'waiting' && can('upstream.request.decide')
  return (
    <ListRow
      title={f.dotted([row.personName, row.number, row.orgName])}
      meta={
        <>
          <span className="upstream-quote">
            {row.label ? t('requests.label', { provider, label: row.label }) : t('requests.no_label', { provider })}
          </span>
          {row.note && <span className="upstream-quote">{t('requests.note', { note: row.note })}</span>}
          {f.dotted([
            t('requests.asked', { when: f.dateTime(row.askedAt) }),
            row.checked && t(`requests.checked_${row.checked}`),
            row.reason,
            row.decidedBy && t('requests.decided_by', { who: row.decidedBy }),
            row.mine && row.state === 'waiting' && t('requests.mine'),
          ])}
        </>
      }
      trailing={
        mayDecide && !row.mine ? (
          <span className="upstream-acts">
            <Button small onClick={() => onDecide(false)}>
              {t('requests.refuse')}
            </Button>
            <Button small look="primary" onClick={() => onDecide(true)}>
              {t('requests.approve')}
            </Button>
          </span>
        ) : (
          <StatusTag tone={TONES[row.state]}>{t(`requests.${row.state}`)}</StatusTag>
        )
      }
    />
  )
}

function Decide({ row, approve, onClose }: { row: LinkRequest; approve: boolean; onClose: () => void }) {
  const t = useWords('upstream')
  const upstream = useUpstream()
  const [checked, setChecked] = useState<Check>('in_person')
  const [reason, setReason] = useState('')
  const act = useAct(upstream.decideRequest, {
    done: t(approve ? 'requests.done_approved' : 'requests.done_refused'),
    refresh: [REQUESTS],
    quiet: true,
  })
  const values = { name: row.personName, number: row.number }
  return (
    <FormDialog
      title={t(approve ? 'requests.approve_title' : 'requests.refuse_title', values)}
      submit={t(approve ? 'requests.approve' : 'requests.refuse')}
      danger={!approve}
      act={act}
      input={() => ({
        personId: row.personId,
        requestId: row.id,
        approve,
        ...(approve ? { checked } : {}),
        reason: reason.trim(),
      })}
      onClose={onClose}
    >
      {approve && (
        <>
          <Notice tone="wait">{t('requests.approve_text', values)}</Notice>
          <SelectField
            label={t('requests.checked')}
            value={checked}
            onChange={(value) => setChecked(value as Check)}
            choices={CHECKS.map((value) => ({ value, label: t(`requests.checked_${value}`) }))}
          />
        </>
      )}
      <TextAreaField
        label={t(approve ? 'requests.remark' : 'requests.reason')}
        required={!approve}
        minLength={2}
        maxLength={300}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  )
}
