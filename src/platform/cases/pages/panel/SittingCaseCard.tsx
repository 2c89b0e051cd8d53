/** A case before the meeting as a member reads it, with the three answers while its vote is open. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { AgendaState } from './AgendaState.tsx'
import { Ballot } from './Ballot.tsx'
import { MY_PANEL, MY_PANELS, type Sitting, type SittingCase, useCases } from './meeting.ts'
import { Quorum } from './Quorum.tsx'

export function SittingCaseCard({ panel, line }: { panel: Sitting; line: SittingCase }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const title = line.name ?? t('panel.number', { n: line.number ?? line.nth })
  const mayVote = panel.state === 'sitting' && panel.me.present === true && line.state === 'voting' && !line.recused
  const mayLeave =
    (panel.state === 'open' || (panel.state === 'sitting' && panel.me.present === true)) &&
    line.state === 'waiting' &&
    !line.recused
  return (
    <article className={mayVote && !line.voted ? 'panel-card panel-card-now' : 'panel-card'}>
      <header>
        <h2>
          <span className="panel-nth">{line.nth}</span> {title}
        </h2>
        {line.voted && line.state === 'voting' ? (
          <StatusTag tone="done">{t('panel.you_voted')}</StatusTag>
        ) : (
          <AgendaState line={line} />
        )}
      </header>
      <p className="panel-card-meta">
        {f.dotted([line.org ?? '', line.score === null ? '' : t('panel.score', { score: f.number(line.score) })])}
        {line.track && ' '}
        {line.track && <Tag>{say(line.track)}</Tag>}
      </p>
      <Quorum of={line.quorum} />
      {line.recused ? (
        <Notice tone="wait">{t('panel.you_recused', { why: t(`panel.recusal.${line.recused}`) })}</Notice>
      ) : (
        (line.content.length > 0 || line.files.length > 0) && <Content panelId={panel.id} line={line} />
      )}
      {mayVote && !line.voted && <Ballot panelId={panel.id} line={line} title={title} />}
      {mayLeave && <Leave panelId={panel.id} line={line} title={title} />}
    </article>
  )
}

function Content({ panelId, line }: { panelId: string; line: SittingCase }) {
  const t = useWords('cases')
  const say = useBilingual()
  return (
    <details className="panel-content">
      <summary>{t('panel.read')}</summary>
      <dl>
        {line.content.map(({ title, value, depth }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a paper never change their order
          <div key={at} style={{ marginInlineStart: `${Math.max(0, depth - 1)}em` }}>
            <dt>{title}</dt>
            {value !== null && <dd>{value || '—'}</dd>}
          </div>
        ))}
      </dl>
      {line.files.length > 0 && (
        <ul className="panel-files">
          {line.files.map(({ nth, title }) => (
            <li key={nth}>
              <a
                href={`/api/cases/sittingFile?panelId=${panelId}&applicationId=${line.applicationId}&nth=${nth}`}
                target="_blank"
                rel="noreferrer"
              >
                {say(title)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}

function Leave({ panelId, line, title }: { panelId: string; line: SittingCase; title: string }) {
  const t = useWords('cases')
  const cases = useCases()
  const [open, setOpen] = useState(false)
  const act = useAct(cases.declareRecusal, {
    done: t('panel.recuse_done'),
    refresh: [MY_PANEL, MY_PANELS],
    quiet: true,
  })
  return (
    <div>
      <Button small look="quiet" onClick={() => setOpen(true)}>
        {t('panel.leave')}
      </Button>
      {open && (
        <ConfirmWithReason
          open
          title={t('panel.leave_title', { name: title })}
          confirm={t('panel.leave')}
          reasonHint={t('panel.leave_hint')}
          busy={act.busy}
          error={act.error}
          onClose={() => setOpen(false)}
          onConfirm={async (why) => {
            if (await act.run({ panelId, applicationId: line.applicationId, why })) setOpen(false)
          }}
        >
          <p>{t('panel.leave_what')}</p>
        </ConfirmWithReason>
      )}
    </div>
  )
}
