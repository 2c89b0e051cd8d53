/** The agenda for the office: recusals, votes opened and counted, one case or all; the figures, never who voted how. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { AgendaState } from './AgendaState.tsx'
import { type AgendaLine, PANEL, PANELS, type Panel, useCases } from './meeting.ts'
import { Quorum, QuorumRule } from './Quorum.tsx'

export function Agenda({ panel }: { panel: Panel }) {
  const t = useWords('cases')
  const cases = useCases()
  const [recusing, setRecusing] = useState<AgendaLine | null>(null)
  const [closing, setClosing] = useState<readonly AgendaLine[] | null>(null)
  const refresh = [PANEL, PANELS] as const
  const open = useAct(cases.openVote, { done: ({ opened }) => t('panel.vote_opened', { n: opened }), refresh })
  const sitting = panel.state === 'sitting'
  const waiting = panel.agenda.filter(({ state, gone }) => state === 'waiting' && !gone)
  const voting = panel.agenda.filter(({ state }) => state === 'voting')
  return (
    <Card title={t('panel.agenda', { n: panel.agenda.length })} flush>
      {sitting && (
        <div className="panel-acts panel-acts-bar">
          <Button
            look={voting.length === 0 ? 'primary' : 'plain'}
            disabled={waiting.length === 0}
            busy={open.busy}
            onClick={() => void open.run({ panelId: panel.id })}
          >
            {t('panel.open_all', { n: waiting.length })}
          </Button>
          <Button
            look={voting.length > 0 ? 'primary' : 'plain'}
            disabled={voting.length === 0}
            onClick={() => setClosing(voting)}
          >
            {t('panel.count_all', { n: voting.length })}
          </Button>
        </div>
      )}
      <QuorumRule panel={panel} />
      <ol className="panel-agenda">
        {panel.agenda.map((line) => (
          <li key={line.applicationId}>
            <span className="panel-nth">{line.nth}</span>
            <CaseName line={line} />
            <Recused panel={panel} line={line} />
            <AgendaState line={line} voted={line.voted} />
            <span className="panel-line-acts">
              {panel.state !== 'closed' && panel.state !== 'signed' && line.state === 'waiting' && !line.gone && (
                <Button small look="quiet" onClick={() => setRecusing(line)}>
                  {t('panel.recuse')}
                </Button>
              )}
              {sitting && line.state === 'waiting' && !line.gone && (
                <Button
                  small
                  busy={open.busy}
                  onClick={() => void open.run({ panelId: panel.id, applicationIds: [line.applicationId] })}
                >
                  {t('panel.open_vote')}
                </Button>
              )}
              {sitting && line.state === 'voting' && (
                <Button small onClick={() => setClosing([line])}>
                  {t('panel.count')}
                </Button>
              )}
            </span>
            <Quorum of={line.quorum} />
          </li>
        ))}
      </ol>
      {recusing && <Recuse panel={panel} line={recusing} onClose={() => setRecusing(null)} />}
      {closing && <CloseVote panel={panel} lines={closing} onClose={() => setClosing(null)} />}
    </Card>
  )
}

function CaseName({ line }: { line: AgendaLine }) {
  const t = useWords('cases')
  const f = useFormat()
  const score = line.score === null ? '' : t('panel.score', { score: f.number(line.score) })
  return (
    <span className="panel-case">
      <strong>{line.applicant}</strong>
      <small>{f.dotted([line.number === null ? '' : t('panel.number', { n: line.number }), line.school, score])}</small>
    </span>
  )
}

function Recused({ panel, line }: { panel: Panel; line: AgendaLine }) {
  const t = useWords('cases')
  if (line.recused.length === 0) return <span />
  const names = new Map(panel.members.map(({ accountId, name }) => [accountId, name]))
  return (
    <span className="panel-recused">
      <StatusTag tone="off">{t('panel.recused_n', { n: line.recused.length })}</StatusTag>
      <small>
        {line.recused
          .map(({ accountId, kind, why }) => `${names.get(accountId) ?? ''}（${why || t(`panel.recusal.${kind}`)}）`)
          .join('、')}
      </small>
    </span>
  )
}

function Recuse({ panel, line, onClose }: { panel: Panel; line: AgendaLine; onClose: () => void }) {
  const t = useWords('cases')
  const cases = useCases()
  const [accountId, setAccountId] = useState('')
  const act = useAct(cases.recuseMember, { done: t('panel.recuse_done'), refresh: [PANEL], quiet: true })
  const gone = new Set(line.recused.map((one) => one.accountId))
  return (
    <ConfirmWithReason
      open
      title={t('panel.recuse_title', { name: line.applicant })}
      confirm={t('panel.recuse')}
      reasonHint={t('panel.recuse_hint')}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async (why) => {
        if (accountId && (await act.run({ panelId: panel.id, applicationId: line.applicationId, accountId, why })))
          onClose()
      }}
    >
      <SelectField
        label={t('panel.member')}
        required
        value={accountId}
        onChange={setAccountId}
        placeholder={t('panel.choose_member')}
        choices={panel.members
          .filter((member) => !gone.has(member.accountId))
          .map((member) => ({ value: member.accountId, label: member.name }))}
      />
    </ConfirmWithReason>
  )
}

function CloseVote({ panel, lines, onClose }: { panel: Panel; lines: readonly AgendaLine[]; onClose: () => void }) {
  const t = useWords('cases')
  const cases = useCases()
  const missing = lines.reduce((sum, { voted, entitled }) => sum + (entitled ?? 0) - voted, 0)
  const act = useAct(cases.closeVote, {
    done: ({ counted, passed }) => t('panel.counted', { counted, passed }),
    refresh: [PANEL, PANELS],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      danger={missing > 0}
      title={t('panel.count_title', { n: lines.length })}
      confirm={t(missing > 0 ? 'panel.count_anyway' : 'panel.count')}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async () => {
        const applicationIds = lines.map((line) => line.applicationId)
        if (await act.run({ panelId: panel.id, applicationIds, withoutAll: missing > 0 })) onClose()
      }}
    >
      <p>{missing > 0 ? t('panel.count_missing', { missing }) : t('panel.count_what')}</p>
    </ConfirmWithReason>
  )
}
