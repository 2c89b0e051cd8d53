/** One entry: its basis and work, the schools that it reached, the data that the product answers, and the second person's decision. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { usePathPart } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Empty, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag, Tag } from '../../../ui/Tag.tsx'
import { type Burden, isTodo, KEY, OnList, State, useBurden, useSaid } from './burden.tsx'
import './burden.css'

type One = Awaited<ReturnType<Burden['item']>>
type Asking = 'withdraw' | 'let' | 'decline'

export default function Item() {
  const itemId = usePathPart('itemId')
  const burden = useBurden()
  const found = useQuery({ queryKey: [...KEY, 'item', itemId], queryFn: () => burden.item({ itemId }) })
  return (
    <Answer of={found} height={320}>
      {(item) => <Shown item={item} />}
    </Answer>
  )
}

function Shown({ item }: { item: One }) {
  const t = useWords('burden')
  const f = useFormat()
  const can = useCan()
  const tell = useBilingual()
  const said = useSaid()
  const burden = useBurden()
  const [asking, setAsking] = useState<Asking | null>(null)
  const withdraw = useAct(burden.withdraw, { done: t('item.withdrawn'), refresh: [KEY], quiet: true })
  const decide = useAct(burden.decide, { done: t('item.decided'), refresh: [KEY], quiet: true })
  const exporting = useAct(burden.exportAnswer, { done: t('item.exported') })
  const waiting = item.state === 'waiting'
  const confirm = async (reason: string) => {
    const done =
      asking === 'withdraw'
        ? await withdraw.run({ itemId: item.id, reason })
        : await decide.run({ itemId: item.id, let: asking === 'let', reason })
    if (done) setAsking(null)
  }
  return (
    <>
      <PageHead
        title={item.title}
        subtitle={f.dotted([t(`kind.${item.kind}`), item.orgName, said.term(item)])}
        tags={<State state={item.state} />}
        back={{ to: '/burden', label: t('act.back') }}
        acts={
          can('burden.item.write') &&
          ['open', 'waiting', 'answered'].includes(item.state) && (
            <Button look="danger" onClick={() => setAsking('withdraw')}>
              {t('item.withdraw')}
            </Button>
          )
        }
        act={
          item.fields.length > 0 &&
          can('burden.answer') &&
          ['open', 'answered'].includes(item.state) && (
            <Button
              look="primary"
              icon="download"
              busy={exporting.busy}
              onClick={() =>
                void exporting
                  .run({ itemId: item.id, locale: f.locale })
                  .then((file) => file && saveFile(file, `${item.title}.xlsx`))
              }
            >
              {t('item.export')}
            </Button>
          )
        }
      />
      <div className="q-stack">
        {waiting && (
          <Notice
            tone="wait"
            title={t('item.second')}
            act={
              can('burden.exception') &&
              !item.own && (
                <>
                  <Button onClick={() => setAsking('decline')}>{t('item.decline')}</Button>
                  <Button look="primary" onClick={() => setAsking('let')}>
                    {t('item.let')}
                  </Button>
                </>
              )
            }
          >
            {item.reason}
          </Notice>
        )}
        <Card>
          <Facts
            items={[
              { label: t('f.asker'), value: item.asker },
              { label: t('c.basis'), value: said.basis(item) },
              { label: t('c.list'), value: item.listed ?? <OnList {...item} /> },
              { label: t('c.when'), value: <span className="q-num">{said.span(item)}</span> },
              { label: t('c.work'), value: said.work(item) },
              { label: t('f.about'), value: item.about },
              ...(item.against.length > 0
                ? [{ label: t('item.against'), value: f.dotted(item.against.map((one) => t(`against.${one}`))) }]
                : []),
              ...(item.reason ? [{ label: t('item.reason'), value: item.reason }] : []),
              ...(item.decided ? [{ label: t('item.decision'), value: item.decided }] : []),
              ...(item.asked.length > 0 ? [{ label: t('item.asked'), value: item.asked.join('、') }] : []),
            ]}
          />
        </Card>
        {item.fields.length > 0 && (
          <Card title={t('item.fields')}>
            <div className="burden-tags">
              {item.fields.map(({ id, group, field }) => (
                <Tag key={id}>{`${tell(group)} · ${tell(field)}`}</Tag>
              ))}
            </div>
          </Card>
        )}
        <Card title={t('item.schools')} flush>
          {item.reached.length === 0 ? (
            <Empty title={t('item.nobody')} hint={t('item.nobody_hint')} />
          ) : (
            <List label={t('item.schools')}>
              {item.reached.map(({ orgId, name, doneAt }) => (
                <ListRow
                  key={orgId}
                  title={name}
                  trailing={
                    isTodo(item) && (
                      <StatusTag tone={doneAt ? 'done' : 'wait'}>
                        {doneAt ? f.date(new Date(doneAt)) : t('item.not_done')}
                      </StatusTag>
                    )
                  }
                />
              ))}
            </List>
          )}
        </Card>
      </div>
      {asking && (
        <ConfirmWithReason
          open
          title={t(`item.${asking}`)}
          confirm={t(`item.${asking}`)}
          danger={asking === 'withdraw'}
          busy={withdraw.busy || decide.busy}
          error={asking === 'withdraw' ? withdraw.error : decide.error}
          onClose={() => setAsking(null)}
          onConfirm={(reason) => void confirm(reason)}
        >
          <p>{asking === 'withdraw' ? t('item.withdraw_text') : t('item.let_text', { n: item.schools })}</p>
        </ConfirmWithReason>
      )}
    </>
  )
}
