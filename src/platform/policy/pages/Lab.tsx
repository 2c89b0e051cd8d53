/** The policy lab: change the figures of a rule and see whom it would touch, before anybody decides. The address carries the trial. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { civilDate } from '../../../base/dates.ts'
import { Answer } from '../../../ui/Answer.tsx'
import { one, useAddress } from '../../../ui/address.ts'
import { ButtonLink } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useClient } from '../../../ui/client.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../ui/i18n.tsx'
import { Empty, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useSignedIn } from '../../../ui/session.tsx'
import type { DraftDetail, policyContract } from '../contract.ts'
import { LabFigures } from './LabFigures.tsx'
import { LabResult } from './LabResult.tsx'
import { domainOf } from './library/lines.ts'
import './policy.css'
import { CUTS_OF, changesIn, cutOf, wholeChanges } from './trial.ts'

/** What is tried most: opened where nothing is asked for. */
const USUAL = 'training.credit.cycle'

export default function Lab() {
  const t = useWords('policy')
  const pick = useBilingual()
  const domainTitle = (domain: string) => (t.has(`domain.${domain}`) ? t(`domain.${domain}`) : domain)
  const policy = useClient<typeof policyContract>('policy')
  const { roles, clock } = useSignedIn()
  const [search, change] = useAddress()
  const orgs = [...new Map(roles.map(({ orgId, orgName }) => [orgId, orgName]))]
  const orgId = one(search.org) || (orgs[0]?.[0] ?? '')
  const asOf = one(search.on) || civilDate(new Date(clock.now))
  const sets = useQuery({
    queryKey: ['policy', 'sets', orgId, asOf],
    queryFn: () => policy.requirements({ orgId, asOf }),
    enabled: orgId !== '',
  })
  const draftId = one(search.draft)
  const draft = useQuery({
    queryKey: ['policy', 'draft', draftId],
    queryFn: () => policy.draft({ draftId }),
    enabled: draftId !== '',
  })
  const drafted = draftId === '' ? {} : { draftId }
  const usual = sets.data?.find(({ id }) => id === USUAL) ?? sets.data?.[0]
  const set = one(search.set) || draft.data?.affects[0]?.id || (usual?.id ?? '')
  const about = sets.data?.find(({ id }) => id === set)?.about ?? 'person'
  const by = cutOf(one(search.by), about)
  const base = useQuery({
    queryKey: ['policy', 'trial', set, orgId, asOf, by, {}, draftId],
    queryFn: () => policy.whatIf({ set, orgId, asOf, by, ...drafted }),
    enabled: set !== '' && sets.data !== undefined && (draftId === '' || draft.data !== undefined),
  })
  const changes = base.data ? wholeChanges(changesIn(search), base.data.parameters) : {}
  const trial = useQuery({
    queryKey: ['policy', 'trial', set, orgId, asOf, by, changes, draftId],
    queryFn: () => policy.whatIf({ set, orgId, asOf, by, changes, ...drafted }),
    enabled: base.data !== undefined,
    placeholderData: keepPreviousData,
  })
  const another = (patch: Record<string, string>) =>
    change({
      ...Object.fromEntries(Object.keys(search).map((key) => [key, key.startsWith('f.') ? undefined : search[key]])),
      ...patch,
      show: undefined,
      part: undefined,
    })
  return (
    <>
      <PageHead title={t('lab.title')} subtitle={t('lab.subtitle')} />
      {draft.data && <Trying draft={draft.data} />}
      <Answer of={sets} height={400}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon="book" title={t('lab.none')} hint={t('lab.none_hint')} />
          ) : (
            <div className="pol-lab">
              <Card title={t('lab.rule')}>
                <div className="pol-lab-form">
                  <SelectField
                    label={t('lab.set')}
                    value={set}
                    onChange={(id) => another({ set: id })}
                    choices={list.map(({ id, title, about: whom }) => ({
                      value: id,
                      group: domainTitle(domainOf(id)),
                      label: whom === 'organisation' ? t('lab.set_of_schools', { title: pick(title) }) : pick(title),
                    }))}
                  />
                  {orgs.length > 1 && (
                    <SelectField
                      label={t('lab.org')}
                      value={orgId}
                      onChange={(id) => another({ org: id })}
                      choices={orgs.map(([id, name]) => ({ value: id, label: name }))}
                    />
                  )}
                  <TextField
                    label={t('lab.as_of')}
                    type="date"
                    value={asOf}
                    onChange={(day) => day && change({ on: day }, { replace: true })}
                  />
                  <SelectField
                    label={t('lab.cut')}
                    value={by}
                    onChange={(cut) => change({ by: cut, part: undefined, show: undefined }, { replace: true })}
                    choices={CUTS_OF[about].map((cut) => ({ value: cut, label: t(`lab.cut.${cut}`) }))}
                  />
                  <Answer of={base} height={160}>
                    {({ parameters }) => (
                      <LabFigures key={`${set} ${asOf}`} parameters={parameters} search={search} onTry={change} />
                    )}
                  </Answer>
                </div>
              </Card>
              <Answer of={trial} height={400}>
                {(found) => (
                  <LabResult found={found} ask={{ set, orgId, asOf, by, changes, ...drafted }} draft={draft.data} />
                )}
              </Answer>
            </div>
          )
        }
      </Answer>
    </>
  )
}

function Trying({ draft: { id, title } }: { draft: DraftDetail }) {
  const t = useWords('policy')
  return (
    <div className="pol-lab-trying">
      <Notice
        title={t('draft.trying', { title })}
        act={
          <ButtonLink small icon="back" to={`/policy/drafts/${id}`}>
            {t('draft.back_to')}
          </ButtonLink>
        }
      >
        {t('draft.trying_hint')}
      </Notice>
    </div>
  )
}
