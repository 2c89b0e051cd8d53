/** What stands for a year and is then kept for a reason or ended: a card each, what came of it, and the two acts. */
import { type ReactNode, useState } from 'react'
import { Button } from './Button.tsx'
import { Card, Facts } from './Card.tsx'
import { ConfirmWithReason } from './ConfirmWithReason.tsx'
import type { Act } from './client.tsx'
import { useFormat, useWords } from './i18n.tsx'

export type Verdict = 'keep' | 'end'

export type Standing = {
  id: string
  name: string
  /** A tag. */
  state: ReactNode
  facts: readonly { label: string; value: ReactNode }[]
  /** What came of it this year. */
  review: { verdict: Verdict; reason: string; by?: string } | null
  /** May be decided on, by whoever looks. */
  open: boolean
}

export function KeepOrEnd({
  rows,
  says,
  act,
}: {
  rows: readonly Standing[]
  /** What each of the two means here, said before it is done. */
  says: Record<Verdict, string>
  act: Act<{ id: string; verdict: Verdict; reason: string }, unknown>
}) {
  const t = useWords('ui')
  const f = useFormat()
  const [asked, setAsked] = useState<{ id: string; name: string; verdict: Verdict } | null>(null)
  return (
    <>
      {rows.map(({ id, name, state, facts, review, open }) => (
        <Card key={id} title={name} extra={state}>
          <Facts
            columns={3}
            items={[
              ...facts,
              {
                label: t('yearly.verdict'),
                value: review && f.dotted([t(`yearly.${review.verdict}_done`), review.reason, review.by]),
              },
            ]}
          />
          {open && (
            <div className="q-card-acts">
              {(['keep', 'end'] as const).map((verdict) => (
                <Button
                  key={verdict}
                  look={verdict === 'end' ? 'danger' : 'plain'}
                  onClick={() => setAsked({ id, name, verdict })}
                  aria-label={t(`yearly.${verdict}_named`, { name })}
                >
                  {t(`yearly.${verdict}`)}
                </Button>
              ))}
            </div>
          )}
        </Card>
      ))}
      {asked && (
        <ConfirmWithReason
          open
          title={t(`yearly.${asked.verdict}_named`, { name: asked.name })}
          confirm={t(`yearly.${asked.verdict}`)}
          danger={asked.verdict === 'end'}
          busy={act.busy}
          error={act.error}
          onClose={() => setAsked(null)}
          onConfirm={(reason) =>
            void act
              .run({ id: asked.id, verdict: asked.verdict, reason })
              .then((done) => done !== undefined && setAsked(null))
          }
        >
          <p>{says[asked.verdict]}</p>
        </ConfirmWithReason>
      )}
    </>
  )
}
