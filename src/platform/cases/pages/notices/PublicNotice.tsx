/** A public notice, without signing in: the list, until when it stands, how to object, and how to check a copy. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty, Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { PublicNotice as Seen } from '../../contract/notices.ts'
import { useCases } from '../office/handling.ts'
import { CheckCopy } from './CheckCopy.tsx'
import { ListedRows } from './ListedRows.tsx'
import { Raise } from './Raise.tsx'
import { ByReceipt } from './Receipt.tsx'
import './notices.css'

export default function PublicNotice() {
  const t = useWords('cases')
  const code = usePathPart('code')
  const cases = useCases()
  const notice = useQuery({
    queryKey: ['cases', 'public-notice', code],
    queryFn: () => cases.publicNotice({ code }),
    enabled: code.length >= 4,
  })
  return (
    <div className="no-public">
      {code ? (
        <Answer of={notice} height={420}>
          {(seen) =>
            seen ? (
              <View seen={seen} />
            ) : (
              <>
                <PageHead title={t('notices.public')} />
                <Empty icon="search" title={t('notices.not_found')} hint={t('notices.not_found_hint')} />
                <Find />
              </>
            )
          }
        </Answer>
      ) : (
        <>
          <PageHead title={t('notices.public')} subtitle={t('notices.public_says')} />
          <Find />
        </>
      )}
      <ByReceipt />
    </div>
  )
}

function Find() {
  const t = useWords('cases')
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim().length >= 4)
      void navigate({ to: '/notice/$code' as string, params: { code: typed.trim() } as never })
  }
  return (
    <form className="no-find" onSubmit={submit} noValidate>
      <TextField
        label={t('notices.code')}
        value={typed}
        onChange={setTyped}
        maxLength={60}
        autoComplete="off"
        placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
      />
      <Button type="submit" look="primary" icon="search">
        {t('notices.find')}
      </Button>
    </form>
  )
}

function View({ seen }: { seen: Seen }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const cases = useCases()
  const [raising, setRaising] = useState<number | null>(null)
  const { listed, hash, state, open } = seen
  const print = useAct(async () =>
    saveFile(await cases.printNotice({ code: listed.code, locale: f.locale }), 'notice.pdf'),
  )
  return (
    <>
      <PageHead
        title={t('notices.paper.title', { call: pick(listed.call) })}
        subtitle={f.dotted([pick(listed.org), pick(listed.stage)])}
        tags={
          <StatusTag tone={open ? 'act' : 'off'}>
            {t(open ? 'notices.state.open' : state === 'open' ? 'notices.not_open' : `notices.state.${state}`)}
          </StatusTag>
        }
        acts={
          <>
            <Button icon="print" busy={print.busy} onClick={() => void print.run(undefined as never)}>
              PDF
            </Button>
            <Button
              icon="download"
              onClick={() =>
                saveFile(
                  new Blob([JSON.stringify(listed, null, 2)], { type: 'application/json' }),
                  `${listed.code}.json`,
                )
              }
            >
              {t('notices.copy')}
            </Button>
          </>
        }
      />
      <div className="q-stack">
        <Card>
          <Facts
            columns={3}
            items={[
              {
                label: t('notices.term'),
                value: t('notices.term_days', { range: f.dateRange(listed.from, listed.until), n: listed.days }),
              },
              { label: t('notices.cases'), value: f.number(listed.rows.length) },
              { label: t('notices.code'), value: <span className="no-code">{listed.code}</span> },
            ]}
          />
        </Card>
        {open ? (
          <Notice tone="info" title={t('notices.how')}>
            {t(seen.anonymous ? 'notices.how_both' : 'notices.how_named', { until: f.longDate(listed.until) })}
          </Notice>
        ) : (
          <Notice tone="wait">{t('notices.over_says')}</Notice>
        )}
        <Card flush>
          <ListedRows
            listed={listed}
            {...(open
              ? {
                  act: (nth: number) => (
                    <Button
                      small
                      look="quiet"
                      onClick={() => setRaising(nth)}
                      aria-label={t('notices.object_to', { nth })}
                    >
                      {t('notices.object')}
                    </Button>
                  ),
                }
              : {})}
          />
        </Card>
        <CheckCopy code={listed.code} hash={hash} />
      </div>
      {raising !== null && <Raise seen={seen} nth={raising} onClose={() => setRaising(null)} />}
    </>
  )
}
