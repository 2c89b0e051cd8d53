/** The sample of one school: who was drawn and how, their entries of the year, and what the check found. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../../ui/address.ts'
import { Button } from '../../../../../ui/Button.tsx'
import { Clause } from '../../../../../ui/Clause.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { Sheet } from '../../../../../ui/Dialog.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Empty, Notice } from '../../../../../ui/Notice.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { Stat, Stats } from '../../../../../ui/Stat.tsx'
import { useCreditYear } from '../credit-year.ts'
import { PersonSearch } from '../PersonSearch.tsx'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { useParameter } from '../parameter.ts'
import { State } from '../States.tsx'
import { type AuditRow, KEYS, type Sampled, useAsk, useTraining } from '../training.ts'
import { DrawSamples, FinishChecks } from './AuditActs.tsx'
import { auditStateOf } from './audit-progress.ts'
import { type Checking, CheckSample } from './CheckSample.tsx'
import { SampledPerson } from './SampledPerson.tsx'
import { Seal } from './Seal.tsx'
import '../office.css'

const creditsOf = (row: Sampled) => row.entries.reduce((sum, { credits }) => sum + Number(credits), 0)
const WAYS: Ways<Sampled> = {
  keep: {
    q: (row, typed) => matches(typed, row.name, row.number),
    result: (row, values) => values.includes(row.result ?? 'open'),
  },
  order: { name: (row) => row.name, entries: (row) => row.entries.length, credits: creditsOf },
}

export default function AuditSchool() {
  const t = useWords('training')
  const orgId = usePathPart('orgId')
  const { year } = useCreditYear()
  const audits = useQuery(useAsk().audits(year))
  const school = audits.data?.find((row) => row.orgId === orgId)
  return (
    <Answer of={audits} height={480}>
      {() =>
        school ? (
          <School school={school} year={year} />
        ) : (
          <Empty icon="building" title={t('office.audit.no_school')} hint={t('office.audit.none_hint')} />
        )
      }
    </Answer>
  )
}

function School({ school, year }: { school: AuditRow; year: number }) {
  const t = useWords('training')
  const f = useFormat()
  const ask = useAsk()
  const queries = useQueryClient()
  const sample = useQuery(ask.sample(school.orgId, year))
  const share = useParameter('training.credit.audit_sample_share')
  const state = auditStateOf(school)
  const open = state === 'confirmed'
  const rows = sample.data ?? []
  const [acting, setActing] = useState<'draw' | 'finish' | 'add' | null>(null)
  const [checking, setChecking] = useState<Checking | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const unchecked = rows.filter(({ result }) => result === null).length
  const check = (people: Sampled[], result: 'sound' | 'fault') =>
    new Promise<boolean>((resolve) => setChecking({ people, result, resolve }))
  const pick = (keys: readonly string[]) => rows.filter(({ personId }) => keys.includes(personId))
  const dialog = { rows: [school], year, resolve: () => undefined, onClose: () => setActing(null) }
  const columns: Column<Sampled>[] = [
    {
      key: 'name',
      title: t('office.figure.person'),
      cell: (row) => <PersonLink id={row.personId} name={row.name} number={row.number} />,
      sort: true,
    },
    { key: 'drawn', title: t('office.audit.drawn_how'), cell: (row) => t(`office.audit.drawn_${row.drawn}`) },
    {
      key: 'entries',
      title: t('office.audit.entries'),
      cell: (row) => f.number(row.entries.length),
      figures: true,
      sort: true,
    },
    {
      key: 'credits',
      title: t('office.figure.credits'),
      cell: (row) => f.number(creditsOf(row), 2),
      figures: true,
      sort: true,
    },
    {
      key: 'result',
      title: t('office.audit.result'),
      cell: (row) => <State of="sample" is={row.result ?? 'open'} />,
      card: 'trailing',
    },
    {
      key: 'note',
      title: t('office.audit.note'),
      cell: (row) => (row.note ? <span className="tr-wrap">{row.note}</span> : <span className="q-quiet">—</span>),
    },
    {
      key: 'act',
      title: t('office.act'),
      card: 'foot',
      cell: (row) => (
        <span className="tr-acts">
          <Button small look="quiet" onClick={() => setShown(row.personId)}>
            {t('office.audit.see_entries')}
          </Button>
          {open && row.result !== 'sound' && (
            <Button small onClick={() => void check([row], 'sound')}>
              {t('office.audit.sound')}
            </Button>
          )}
          {open && row.result !== 'fault' && (
            <Button small look="quiet" onClick={() => void check([row], 'fault')}>
              {t('office.audit.fault')}
            </Button>
          )}
        </span>
      ),
    },
  ]
  return (
    <>
      <PageHead
        title={school.orgName}
        back={{ to: '/audit', label: t('office.audit.title'), search: { year: String(year) } }}
        tags={<State of="audit" is={state} />}
        subtitle={t('office.audit.of_year', { year: String(year) })}
        act={
          open &&
          (rows.length === 0 ? (
            <Button look="primary" icon="list" onClick={() => setActing('draw')}>
              {t('office.audit.draw')}
            </Button>
          ) : (
            <Button look="primary" icon="check" disabled={unchecked > 0} onClick={() => setActing('finish')}>
              {t('office.audit.finish')}
            </Button>
          ))
        }
        acts={
          open && (
            <Button icon="plus" onClick={() => setActing('add')}>
              {t('office.audit.add_by_hand')}
            </Button>
          )
        }
      />
      <div className="q-stack">
        <Stats>
          <Stat
            label={t('office.audit.teachers')}
            value={f.number(school.teachers)}
            go={{ to: '/credits', search: { year: String(year), school: school.orgId } }}
          />
          <Stat
            label={t('office.audit.compliant')}
            go={{ to: '/credits', search: { year: String(year), school: school.orgId, short: '1' } }}
            value={f.percent(school.teachers === 0 ? 0 : school.compliant / school.teachers)}
            note={`${f.number(school.compliant)} / ${f.number(school.teachers)}`}
          />
          <Stat
            label={t('office.audit.checked')}
            value={`${school.checked} / ${school.sampled}`}
            explain={share && <Clause clause={share.clause} label={t('office.audit.share')} />}
          />
          <Stat
            label={t('office.audit.faults')}
            value={f.number(school.faults)}
            {...(school.faults > 0 ? { tone: 'alert' as const } : {})}
          />
          <Stat label={t('office.figure.credits')} value={f.number(school.credits)} />
        </Stats>
        {state === 'open' && <Notice tone="wait" title={t('office.audit.waits_for_school')} />}
        {state === 'locked' && (
          <Seal total={school.sealedCredits ?? school.credits} seal={school.seal} at={school.lockedAt} />
        )}
        <Answer of={sample} height={240}>
          {(people) => (
            <DataTable<Sampled>
              caption={t('office.audit.sample')}
              queryKey={[
                ...KEYS.sample,
                school.orgId,
                year,
                'table',
                people.length,
                people.filter(({ result }) => result).length,
              ]}
              columns={columns}
              rowKey={(row) => row.personId}
              rowName={(row) => row.name}
              load={async (query) =>
                pageOf(await queries.fetchQuery({ ...ask.sample(school.orgId, year), staleTime: 5_000 }), query, WAYS)
              }
              filters={[
                { key: 'q', label: t('office.find_person'), kind: 'text' },
                {
                  key: 'result',
                  label: t('office.audit.result'),
                  kind: 'choice',
                  choices: ['open', 'sound', 'fault'].map((value) => ({
                    value,
                    label: t(`sample_state.${value}`),
                  })),
                },
              ]}
              {...(open
                ? {
                    bulk: [
                      {
                        key: 'sound',
                        label: t('office.audit.sound'),
                        icon: 'check' as const,
                        run: (keys: string[]) => check(pick(keys), 'sound'),
                      },
                      {
                        key: 'fault',
                        label: t('office.audit.fault'),
                        danger: true,
                        run: (keys: string[]) => check(pick(keys), 'fault'),
                      },
                    ],
                  }
                : {})}
              empty={{
                title: t('office.audit.no_sample'),
                hint: t(open ? 'office.audit.no_sample_hint' : 'office.audit.no_sample_hint_wait'),
              }}
            />
          )}
        </Answer>
      </div>
      {acting === 'draw' && <DrawSamples {...dialog} {...(share ? { share } : {})} />}
      {acting === 'finish' && <FinishChecks {...dialog} />}
      {acting === 'add' && <AddByHand school={school} year={year} onClose={() => setActing(null)} />}
      {checking && <CheckSample year={year} checking={checking} onClose={() => setChecking(null)} />}
      {shown && (
        <SampledPerson
          person={rows.find(({ personId }) => personId === shown)}
          mayTakeBack={state !== 'open'}
          onClose={() => setShown(null)}
        />
      )}
    </>
  )
}

function AddByHand({ school, year, onClose }: { school: AuditRow; year: number; onClose: () => void }) {
  const t = useWords('training')
  const training = useTraining()
  const act = useAct(
    (personId: string) => training.drawSamples({ orgIds: [school.orgId], year, personIds: [personId] }),
    {
      done: ({ drawn }) => t(drawn > 0 ? 'office.audit.added' : 'office.audit.added_none', { n: drawn }),
      refresh: [KEYS.audits, KEYS.sample],
    },
  )
  return (
    <Sheet open title={t('office.audit.add_by_hand')} onClose={onClose}>
      <div className="q-stack">
        <p>{t('office.audit.add_hint')}</p>
        <PersonSearch
          orgId={school.orgId}
          onPick={async ({ personId }) => {
            if (await act.run(personId)) onClose()
          }}
        />
      </div>
    </Sheet>
  )
}
