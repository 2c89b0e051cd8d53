/** Members of a meeting: attendance is marked here, and fixed with the opening; later their signatures show. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { PANEL, PANELS, type Panel, useCases } from './meeting.ts'

/** The least number of whole members that reaches a share: as the server counts it. */
const least = (members: number, [part, whole]: readonly [number, number]) => Math.ceil((part * members) / whole)

export function Members({ panel }: { panel: Panel }) {
  const t = useWords('cases')
  const cases = useCases()
  const [here, setHere] = useState<readonly string[]>([])
  const open = useAct(cases.openSitting, { done: t('panel.opened'), refresh: [PANEL, PANELS], quiet: true })
  const marking = panel.state === 'open'
  const needed = least(panel.members.length, panel.body.attendance)
  const present = marking ? here.length : panel.members.filter((member) => member.present).length
  const toggle = (id: string) => setHere(here.includes(id) ? here.filter((other) => other !== id) : [...here, id])
  return (
    <Card
      title={t('panel.members')}
      extra={
        <span className={present < needed ? 'panel-short' : undefined}>
          {t('panel.present_of', { present, members: panel.members.length, least: needed })}
        </span>
      }
    >
      {panel.draw && (
        <details className="panel-draw">
          <summary>{t('panel.draw', { n: panel.draw.taken, of: panel.draw.pool.length })}</summary>
          <p>{t('panel.draw_how', { seed: panel.draw.seed, nth: String(panel.draw.nth), stage: panel.stage })}</p>
        </details>
      )}
      <ul className="panel-members">
        {panel.members.map((member) => (
          <li key={member.accountId}>
            {marking ? (
              <label className="q-check">
                <input
                  type="checkbox"
                  checked={here.includes(member.accountId)}
                  onChange={() => toggle(member.accountId)}
                />
                <Who {...member} />
              </label>
            ) : (
              <>
                <Who {...member} />
                <Came panel={panel} present={member.present ?? false} signedAt={member.signedAt} />
              </>
            )}
          </li>
        ))}
      </ul>
      {marking && (
        <div className="panel-acts">
          {open.error !== null && <Failure error={open.error} />}
          <Button small onClick={() => setHere(panel.members.map(({ accountId }) => accountId))}>
            {t('panel.all_here')}
          </Button>
          <Button
            look="primary"
            busy={open.busy}
            disabled={here.length === 0}
            onClick={() => void open.run({ panelId: panel.id, revision: panel.revision, present: [...here] })}
          >
            {t('panel.open_act')}
          </Button>
        </div>
      )}
    </Card>
  )
}

function Who({ name, employer, chair }: Panel['members'][number]) {
  const t = useWords('cases')
  return (
    <span>
      {name} {chair && <Tag>{t('panel.chair')}</Tag>}
      <small>{employer}</small>
    </span>
  )
}

function Came({ panel, present, signedAt }: { panel: Panel; present: boolean; signedAt: string | null }) {
  const t = useWords('cases')
  const f = useFormat()
  if (!present) return <StatusTag tone="off">{t('panel.absent')}</StatusTag>
  if (signedAt) return <StatusTag tone="sealed">{t('panel.signed_at', { at: f.dateTime(signedAt) })}</StatusTag>
  if (panel.state === 'closed') return <StatusTag tone="wait">{t('panel.to_sign')}</StatusTag>
  return <StatusTag tone="done">{t('panel.present')}</StatusTag>
}
