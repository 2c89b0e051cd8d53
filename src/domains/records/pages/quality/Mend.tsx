/** Mending in bulk: a grid of the faulty rows, moved through with the keys, saved by one command; or by workbook and back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Leaving } from '../../../../ui/Leaving.tsx'
import { useIsPhone } from '../../../../ui/media.ts'
import { Empty, Failure, Notice } from '../../../../ui/Notice.tsx'
import { Office } from '../../../../ui/office/Office.tsx'
import { UploadExcel } from '../../../../ui/office/UploadExcel.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Skeleton } from '../../../../ui/Skeleton.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { useCodes } from '../codes.ts'
import { KEYS, useRecords } from '../records.ts'
import { answered, type Edits, joined, type KeptEdits, keepEdits, laidOver, toSend, waiting } from './edits.ts'
import './quality.css'
import { type Corrections, cellsOf, type Field, type GridRow, QUALITY, useBook, useReasons } from './quality.ts'
import type { Manner } from './Row.tsx'
import { Sheet } from './Sheet.tsx'

/** As many rows as the grid holds; so many are shown at once, and the rest comes behind them, so many at a time. */
const MOST = 10_000
const AT_ONCE = 200
const AT_A_TIME = 1_000

type Where = { orgId?: string; rule?: string }
type Page = { rows: GridRow[]; next: string | null; total: number }

export default function Mend() {
  const t = useWords('quality')
  const phone = useIsPhone()
  const records = useRecords()
  const { book } = useBook()
  const [search] = useAddress()
  const [orgId, rule] = [one(search.org), one(search.rule)]
  const where = useMemo(() => ({ ...(orgId ? { orgId } : {}), ...(rule ? { rule } : {}) }), [orgId, rule])
  const found = useQuery({
    queryKey: QUALITY.grid(orgId, rule),
    queryFn: ({ signal }): Promise<Page> => records.qualityGrid({ ...where, limit: AT_ONCE }, { signal }),
    enabled: !phone,
    // What somebody edits must not be replaced under their hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const back = { to: '/quality', search: orgId ? { org: orgId } : {}, label: t('heading') }
  return (
    <>
      <PageHead title={t('mend.heading')} subtitle={t('mend.subtitle')} back={back as never} />
      {phone ? (
        <Notice
          title={t('mend.phone')}
          act={
            <ButtonLink small to="/quality/people" search={search}>
              {t('names')}
            </ButtonLink>
          }
        >
          {t('mend.phone_text')}
        </Notice>
      ) : found.error ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data || !book ? (
        <Skeleton lines={8} height={420} />
      ) : (
        <Grid key={found.dataUpdatedAt} first={found.data} fields={book.fields} where={where} />
      )}
    </>
  )
}

/** Brings the rest of the rows behind those that are shown already. */
function useRest(edits: KeptEdits, first: Page, where: Where) {
  const records = useRecords()
  const [next, setNext] = useState(first.next)
  const [error, setError] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun once, and again when asked to; what follows is its own
  useEffect(() => {
    const leaving = new AbortController()
    const bring = async () => {
      let cursor = next
      for (let held = edits.now().rows.length; cursor !== null && held < MOST; ) {
        const page: Page = await records.qualityGrid(
          { ...where, limit: Math.min(AT_A_TIME, MOST - held), cursor },
          { signal: leaving.signal },
        )
        if (leaving.signal.aborted) return
        held += page.rows.length
        cursor = page.next
        edits.change((now) => joined(now, page.rows))
        setNext(held < MOST ? cursor : null)
      }
    }
    bring().catch((trouble: unknown) => leaving.signal.aborted || setError(trouble))
    return () => leaving.abort()
  }, [tries])
  const again = () => {
    setError(null)
    setTries(tries + 1)
  }
  return { coming: next !== null, error, again }
}

function Grid({ first, fields, where }: { first: Page; fields: readonly Field[]; where: Where }) {
  const t = useWords('quality')
  const f = useFormat()
  const say = useBilingual()
  const records = useRecords()
  const queries = useQueryClient()
  const { book } = useBook()
  const [, change] = useAddress()
  const manner = useManner(fields)
  const [edits] = useState(() => keepEdits(first.rows))
  const rest = useRest(edits, first, where)
  const rows = useSyncExternalStore(edits.listen, () => edits.now().rows)
  const count = useSyncExternalStore(edits.listen, () => waiting(edits.now()))
  const problems = useSyncExternalStore(edits.listen, () => edits.now().problems)
  const [only, setOnly] = useState<'all' | 'changed' | 'refused'>('all')
  const [text, setText] = useState('')
  const [uploading, setUploading] = useState(false)
  const [told, setTold] = useState<Corrections | null>(null)
  const save = useAct(records.mend, { quiet: true, refresh: [KEYS.people] })
  const exporting = useAct(records.correctionBook, { done: t('mend.exported') })
  // Taken out when it is asked for and when rows come back: a row does not go away while it is edited.
  const shown = useMemo(() => chosen({ ...edits.now(), rows }, only, text), [edits, rows, only, text])
  const send = async () => {
    const answer = await save.run({ rows: toSend(edits.now()) })
    if (!answer) return
    edits.change((now) => answered(now, answer))
    setOnly(answer.refused.length > 0 ? 'refused' : 'all')
    void queries.invalidateQueries({ queryKey: QUALITY.of(where.orgId ?? '') })
  }
  const rules = (book?.rules ?? []).filter(({ mended }) => mended)
  return (
    <Office>
      <Leaving unsaved={() => waiting(edits.now()) > 0}>{t('mend.leave')}</Leaving>
      <div className="qual-tools">
        <SelectField
          label={t('mend.rule')}
          value={where.rule ?? ''}
          onChange={(next) => change({ rule: next || undefined })}
          choices={[
            { value: '', label: t('mend.all_rules') },
            ...rules.map(({ id, title }) => ({ value: id, label: say(title) })),
          ]}
        />
        <TextField label={t('mend.search')} value={text} onChange={setText} />
        <SelectField
          label={t('mend.only')}
          value={only}
          onChange={(next) => setOnly(next as typeof only)}
          choices={(['all', 'changed', 'refused'] as const).map((value) => ({ value, label: t(`mend.only_${value}`) }))}
        />
        <Button
          icon="download"
          busy={exporting.busy}
          onClick={() =>
            void exporting
              .run({ ...where, locale: f.locale })
              .then((file) => file && saveFile(file, file.name || `${t('mend.file')}.xlsx`))
          }
        >
          {t('mend.export')}
        </Button>
        <Button icon="upload" onClick={() => setUploading(true)}>
          {t('mend.import')}
        </Button>
        <Button look="primary" icon="check" busy={save.busy} onClick={() => count > 0 && void send()}>
          {t('mend.save', { n: count })}
        </Button>
      </div>
      {save.error !== null && save.error !== undefined && <Failure error={save.error} />}
      {rest.error !== null && <Failure error={rest.error} onRetry={rest.again} />}
      {problems.size > 0 && <Refusals rows={rows} problems={problems} fields={fields} reasonOf={manner.reasonOf} />}
      {told && <Told told={told} />}
      {first.total > MOST && <Notice>{t('mend.most', { shown: MOST, total: first.total })}</Notice>}
      {rows.length === 0 ? (
        <Empty icon="check" title={t('people.none')} hint={t('people.none_hint')} />
      ) : (
        <>
          <Sheet
            key={`${only} ${text}`}
            label={t('mend.heading')}
            who={t('name')}
            school={t('school')}
            rows={shown}
            edits={edits}
            manner={manner}
          />
          <p className="q-quiet" aria-live="polite">
            {rest.coming
              ? t('mend.coming', { held: rows.length, total: Math.min(MOST, first.total) })
              : t('mend.keys', { shown: shown.length, total: rows.length })}
          </p>
        </>
      )}
      <Dialog open={uploading} title={t('mend.import')} onClose={() => setUploading(false)}>
        <div className="q-stack">
          <p>{t('mend.import_text')}</p>
          <UploadExcel<Corrections>
            maxBytes={20 * 2 ** 20}
            send={async (file, onSent, signal) => {
              const answer = await records.readCorrections({ file }, { signal })
              onSent(file.size)
              return answer
            }}
            onDone={(answer) => {
              edits.change((now) => laidOver(now, answer))
              setTold(answer)
              setOnly('changed')
              setUploading(false)
            }}
          />
        </div>
      </Dialog>
    </Office>
  )
}

const chosen = ({ rows, cells, problems }: Edits, only: 'all' | 'changed' | 'refused', text: string) => {
  const small = text.trim().toLowerCase()
  if (only === 'all' && small === '') return rows
  return rows.filter(
    ({ personId, name, number, orgName }) =>
      (only === 'all' || (only === 'changed' ? cells.has(personId) : problems.has(personId))) &&
      (small === '' || [name, number, orgName].some((one) => one.toLowerCase().includes(small))),
  )
}

/** What rows are shown with; made once, so that none of them is drawn for nothing. */
function useManner(fields: readonly Field[]): Manner {
  const t = useWords('quality')
  const say = useBilingual()
  const codes = useCodes()
  const reasonOf = useReasons()
  const { book } = useBook()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language has other words, and with them another `t`
  return useMemo(() => {
    const meant = new Map((book?.rules ?? []).map((rule) => [rule.id, cellsOf(rule)]))
    return {
      fields,
      headers: fields.map(({ header }) => say(header)),
      meant: (rule) => meant.get(rule) ?? [],
      reasonOf,
      codes,
      say: {
        empty: t('mend.empty'),
        missing: t('mend.missing'),
        wrong: t('mend.wrong'),
        edited: t('mend.edited'),
        was: (was) => t('mend.was', { was }),
        now: (now) => t('mend.now', { now }),
      },
    }
  }, [fields, book, codes, reasonOf, t])
}

/** Which rows were refused and why; the first of them in words. */
function Refusals({
  rows,
  problems,
  fields,
  reasonOf,
}: { rows: readonly GridRow[]; problems: Edits['problems']; fields: readonly Field[] } & Pick<Manner, 'reasonOf'>) {
  const t = useWords('quality')
  const f = useFormat()
  const say = useBilingual()
  const told = useMemo(() => rows.filter(({ personId }) => problems.has(personId)).slice(0, 10), [rows, problems])
  return (
    <Notice tone="alert" live title={t('mend.refused', { n: problems.size })}>
      {t('mend.refused_text')}
      <ul className="q-reasons">
        {told.flatMap((row) =>
          problems.get(row.personId)!.map(({ key, code, data }) => (
            <li key={`${row.personId} ${key} ${code}`}>
              {f.dotted([row.name, say(fields.find((field) => field.key === key)?.header ?? { zh: '', en: '' })])}{' '}
              {reasonOf(code, data)}
            </li>
          )),
        )}
      </ul>
    </Notice>
  )
}

/** What came with a workbook: how many rows change something, and what could not be read. */
function Told({ told }: { told: Corrections }) {
  const t = useWords('quality')
  const say = useBilingual()
  return (
    <Notice
      tone={told.faults.length > 0 ? 'alert' : 'done'}
      live
      title={t('mend.read', { rows: told.rows.length, unchanged: told.unchanged, faults: told.faults.length })}
    >
      {t('mend.read_text')}
      {told.faults.length > 0 && (
        <ul className="q-reasons">
          {told.faults.slice(0, 20).map((fault) => (
            <li key={`${fault.row} ${fault.cell} ${fault.code}`}>{say({ zh: fault.zh, en: fault.en })}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
