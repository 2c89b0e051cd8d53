/** The rule book: every requirement set in force, by domain, to be read here or printed. */
import { useQuery } from '@tanstack/react-query'
import { civilDate } from '../../../../base/dates.ts'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { useSignedIn } from '../../../../ui/session.tsx'
import type { policyContract } from '../../contract.ts'
import { LibraryTabs } from './LibraryTabs.tsx'
import { domainOf } from './lines.ts'
import { NotLoaded } from './NotLoaded.tsx'
import { RuleCard } from './RuleCard.tsx'
import '../policy.css'

export default function Rules() {
  const t = useWords('policy')
  const pick = useBilingual()
  const { locale } = useFormat()
  const policy = useClient<typeof policyContract>('policy')
  const [search, change] = useAddress()
  const { clock, roles } = useSignedIn()
  const packs = useQuery({ queryKey: ['policy', 'packs'], queryFn: () => policy.packs() })
  const authority = one(search.authority)
  const set = one(search.set)
  const domain = one(search.domain)
  const asOf = one(search.on) || civilDate(new Date(clock.now))
  const ask = authority ? { authority, asOf } : { orgId: roles[0]?.orgId ?? '', asOf }
  const rules = useQuery({ queryKey: ['policy', 'rules', ask], queryFn: () => policy.requirements(ask) })
  const printing = useAct(policy.printRules)
  const titleOf = (key: string) => (t.has(`domain.${key}`) ? t(`domain.${key}`) : key)
  const print = async () => {
    const file = await printing.run({ ...ask, ...(domain ? { domain } : {}), ...(set ? { set } : {}), locale })
    if (file) saveFile(file, `${t('rules.title')}.pdf`)
  }
  return (
    <>
      <PageHead
        title={t('rules.title')}
        subtitle={t('rules.subtitle')}
        acts={
          <Button icon="print" busy={printing.busy} onClick={() => void print()}>
            {t('rules.print')}
          </Button>
        }
      />
      <LibraryTabs />
      <NotLoaded />
      <div className="q-stack">
        <div className="pol-rules-ask">
          <SelectField
            label={t('parameters.holds_for')}
            value={authority}
            onChange={(value) => change({ authority: value || undefined })}
            placeholder={t('rules.own')}
            choices={(packs.data ?? []).map((pack) => ({ value: pack.authority, label: pick(pack.name) }))}
          />
          <SelectField
            label={t('library.domain')}
            value={domain}
            onChange={(value) => change({ domain: value || undefined, set: undefined })}
            placeholder={t('rules.all_domains')}
            choices={[...new Set((rules.data ?? []).map(({ id }) => domainOf(id)))].map((key) => ({
              value: key,
              label: titleOf(key),
            }))}
          />
          <SelectField
            label={t('rules.set')}
            value={set}
            onChange={(value) => change({ set: value || undefined })}
            placeholder={t('rules.all_sets')}
            choices={(rules.data ?? [])
              .filter(({ id }) => domain === '' || domainOf(id) === domain)
              .map(({ id, title }) => ({ value: id, label: pick(title) }))}
          />
          <TextField
            label={t('lab.as_of')}
            type="date"
            value={asOf}
            onChange={(day) => day && change({ on: day }, { replace: true })}
          />
        </div>
        <Answer of={rules} height={400}>
          {(list) => {
            const shown = list.filter(
              ({ id }) => (set === '' || id === set) && (domain === '' || domainOf(id) === domain),
            )
            if (shown.length === 0) return <Empty icon="book" title={t('rules.none')} hint={t('rules.none_hint')} />
            return [...Map.groupBy(shown, ({ id }) => domainOf(id))].map(([key, some]) => (
              <section key={key} className="q-stack">
                <h2 className="pol-chapter">{titleOf(key)}</h2>
                {some.map((rule) => (
                  <RuleCard key={rule.id} rule={rule} asOf={asOf} />
                ))}
              </section>
            ))
          }}
        </Answer>
      </div>
    </>
  )
}
