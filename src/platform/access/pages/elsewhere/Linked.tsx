/** One's own accounts at other providers: linked, undone; nothing is there where there is neither. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { knock, leaveFor } from '../../../../ui/knock.ts'
import { List, ListRow } from '../../../../ui/List.tsx'
import { useLocale } from '../../../../ui/locale.ts'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import type { upstreamContract } from '../../../upstream/contract.ts'

const LINKS = ['upstream', 'links'] as const
export const useUpstream = () => useClient<typeof upstreamContract>('upstream')
export type Link = Awaited<ReturnType<ReturnType<typeof useUpstream>['links']>>['links'][number]

function useNameOf() {
  const locale = useLocale()
  return ({ name, nameEn }: { name: string; nameEn: string | null }) => (locale === 'en' && nameEn ? nameEn : name)
}

/** A line on a link, as its owner and whoever guards accounts see it. */
export function LinkRow({ link, onUndo }: { link: Link; onUndo?: (() => void) | undefined }) {
  const t = useWords('upstream')
  const f = useFormat()
  const nameOf = useNameOf()
  return (
    <ListRow
      icon="link"
      title={f.dotted([nameOf(link), link.label])}
      meta={f.dotted([
        t('linked.since', { date: f.date(new Date(link.linkedAt)) }),
        t(`linked.how_${link.how}`),
        link.usedAt ? t('linked.used', { when: f.dateTime(link.usedAt) }) : t('linked.never_used'),
        !link.enabled && t('linked.closed'),
      ])}
      trailing={
        onUndo && (
          <Button small look="quiet" icon="close" onClick={onUndo}>
            {t('linked.unlink')}
          </Button>
        )
      }
    />
  )
}

export function Linked() {
  const t = useWords('upstream')
  const nameOf = useNameOf()
  const upstream = useUpstream()
  const own = useQuery({ queryKey: LINKS, queryFn: () => upstream.links() })
  const [undoing, setUndoing] = useState<Link | null>(null)
  const undo = useAct(upstream.unlink, { done: t('linked.undone'), refresh: [LINKS] })
  const begin = useAct((provider: string) => knock<{ to: string }>('/upstream/link', { provider }), { quiet: true })
  const go = async (key: string) => {
    const answer = await begin.run(key)
    if (answer) leaveFor(answer.to)
  }
  if (!own.data || own.data.links.length + own.data.offered.length === 0) return null
  const { links, offered } = own.data
  return (
    <Card title={t('linked.title')} flush>
      <List label={t('linked.title')}>
        {links.map((link) => (
          <LinkRow key={link.id} link={link} onUndo={() => setUndoing(link)} />
        ))}
        {offered.map((door) => (
          <ListRow
            key={door.key}
            icon="link"
            title={nameOf(door)}
            meta={t('linked.none')}
            trailing={
              <Button
                small
                busy={begin.busy}
                aria-label={t('linked.link', { name: nameOf(door) })}
                onClick={() => void go(door.key)}
              >
                {t('linked.link_short')}
              </Button>
            }
          />
        ))}
      </List>
      {begin.error ? <Failure error={begin.error} /> : null}
      {undoing && (
        <ConfirmWithReason
          open
          danger
          reason="none"
          title={t('linked.unlink_title', { name: nameOf(undoing) })}
          confirm={t('linked.unlink')}
          busy={undo.busy}
          onClose={() => setUndoing(null)}
          onConfirm={() => void undo.run({ linkId: undoing.id }).then((done) => done && setUndoing(null))}
        >
          <p>{t('linked.unlink_text')}</p>
        </ConfirmWithReason>
      )}
    </Card>
  )
}

/** What came of going to a provider: linked, or why not. */
export function CameBack() {
  const t = useWords('upstream')
  const nameOf = useNameOf()
  const upstream = useUpstream()
  const [search] = useAddress()
  const why = one(search.why)
  const linked = one(search.linked) !== ''
  const own = useQuery({ queryKey: LINKS, queryFn: () => upstream.links(), enabled: linked })
  const latest = own.data?.links.at(-1)
  if (why) return <Notice tone="alert">{t(t.has(`trouble.${why}`) ? `trouble.${why}` : 'trouble.unproven')}</Notice>
  if (linked && latest) return <Notice tone="done">{t('linked.done', { name: nameOf(latest) })}</Notice>
  return null
}
