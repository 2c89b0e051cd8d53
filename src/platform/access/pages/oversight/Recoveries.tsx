/** Recoveries that were asked for: whoever did not ask decides, and passes on the code or the initial password in person. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { RECOVERIES, useAccess } from '../accounts.ts'
import { type Given, InitialPassword } from '../InitialPassword.tsx'

type Recovery = Awaited<ReturnType<ReturnType<typeof useAccess>['recoveries']>>[number]
const TONES = { waiting: 'wait', approved: 'done', refused: 'off' } as const

export function Recoveries() {
  const t = useWords('access')
  const f = useFormat()
  const can = useCan()
  const access = useAccess()
  const recoveries = useQuery({ queryKey: RECOVERIES, queryFn: () => access.recoveries() })
  const [asked, setAsked] = useState<{ row: Recovery; approve: boolean } | null>(null)
  const [code, setCode] = useState<{ name: string; code: string } | null>(null)
  const [given, setGiven] = useState<Given | null>(null)
  const decide = useAct(access.decideRecovery, { done: t('recovery.decided'), refresh: [RECOVERIES], quiet: true })
  const confirm = async () => {
    if (!asked) return
    const { row, approve } = asked
    const answer = await decide.run({ accountId: row.accountId, recoveryId: row.id, approve })
    if (!answer) return
    setAsked(null)
    if (answer.code) setCode({ name: row.name, code: answer.code })
    if (answer.initialPassword) setGiven({ login: row.login, name: row.name, password: answer.initialPassword })
  }
  return (
    <Card title={t('recovery.title')} flush>
      <Answer of={recoveries} height={120}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="q-quiet access-none">{t('recovery.none')}</p>
          ) : (
            <List label={t('recovery.title')}>
              {rows.map((row) => (
                <ListRow
                  key={row.id}
                  title={f.dotted([row.name, row.orgName])}
                  meta={f.dotted([
                    t(`recovery.lost_${row.lost}`),
                    row.reason,
                    t('recovery.by', { who: row.askedBy, when: f.dateTime(row.askedAt) }),
                    row.decidedBy && t('recovery.decided_by', { who: row.decidedBy }),
                  ])}
                  trailing={
                    row.state === 'waiting' && can('access.recovery.decide') && !row.mine ? (
                      <span className="access-acts">
                        <Button small onClick={() => setAsked({ row, approve: false })}>
                          {t('recovery.refuse')}
                        </Button>
                        <Button small look="primary" onClick={() => setAsked({ row, approve: true })}>
                          {t('recovery.approve')}
                        </Button>
                      </span>
                    ) : (
                      <StatusTag tone={TONES[row.state]}>{t(`recovery.${row.state}`)}</StatusTag>
                    )
                  }
                />
              ))}
            </List>
          )
        }
      </Answer>
      {asked && (
        <ConfirmWithReason
          open
          reason="none"
          title={t(asked.approve ? 'recovery.approve_title' : 'recovery.refuse_title', { name: asked.row.name })}
          confirm={t(asked.approve ? 'recovery.approve' : 'recovery.refuse')}
          danger={!asked.approve}
          busy={decide.busy}
          error={decide.error}
          onClose={() => setAsked(null)}
          onConfirm={() => void confirm()}
        >
          <p>
            {t(
              !asked.approve
                ? 'recovery.refuse_text'
                : asked.row.lost === 'password'
                  ? 'recovery.approve_text_password'
                  : 'recovery.approve_text',
            )}
          </p>
        </ConfirmWithReason>
      )}
      {given && <InitialPassword given={given} onClose={() => setGiven(null)} />}
      {code && (
        <Dialog
          open
          title={t('recovery.code_title', { name: code.name })}
          onClose={() => setCode(null)}
          acts={
            <Button look="primary" onClick={() => setCode(null)}>
              {t('initial.close')}
            </Button>
          }
        >
          <div className="q-stack">
            <Notice tone="wait">{t('recovery.code_once')}</Notice>
            <code className="access-secret">{code.code}</code>
          </div>
        </Dialog>
      )}
    </Card>
  )
}
