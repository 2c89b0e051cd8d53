/** Accounts at other providers of somebody in scope, undone with a reason by whoever guards or runs the place. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { List } from '../../../../ui/List.tsx'
import { useCan } from '../../../../ui/session.tsx'
import type { Account } from '../accounts.ts'
import { type Link, LinkRow, useUpstream } from './Linked.tsx'

export function LinksOf({ account }: { account: Account }) {
  const t = useWords('upstream')
  const can = useCan()
  const upstream = useUpstream()
  const key = ['upstream', 'links', account.id]
  const links = useQuery({ queryKey: key, queryFn: () => upstream.linksOf({ accountId: account.id }) })
  const [undoing, setUndoing] = useState<Link | null>(null)
  const undo = useAct(upstream.unlinkFor, { done: t('linked.undone'), refresh: [key], quiet: true })
  return (
    <section className="q-stack access-grant">
      <h3>{t('linked.at_account')}</h3>
      <Answer of={links} height={60}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="q-quiet">{t('linked.none_of')}</p>
          ) : (
            <List label={t('linked.at_account')}>
              {rows.map((link) => (
                <LinkRow
                  key={link.id}
                  link={link}
                  onUndo={can('upstream.link.write') ? () => setUndoing(link) : undefined}
                />
              ))}
            </List>
          )
        }
      </Answer>
      {undoing && (
        <ConfirmWithReason
          open
          danger
          title={t('linked.unlink_title', { name: undoing.name })}
          confirm={t('linked.unlink')}
          busy={undo.busy}
          error={undo.error}
          onClose={() => setUndoing(null)}
          onConfirm={(reason) =>
            void undo
              .run({ accountId: account.id, linkId: undoing.id, reason })
              .then((done) => done && setUndoing(null))
          }
        />
      )}
    </section>
  )
}
