/** Where a person, or whoever answers for a school, objects to what was judged: the result, or a fact behind it; whoever owns it answers. */
import { useState } from 'react'
import type { Explanation, policyContract } from '../platform/policy/contract.ts'
import { Button, TextLink } from './Button.tsx'
import { useAct, useClient } from './client.tsx'
import { SelectField } from './Field.tsx'
import { useBilingual, useWords } from './i18n.tsx'
import { useCan, useSession } from './session.tsx'
import { WhyObjectForm } from './WhyObjectForm.tsx'
import { useAmount } from './why-answer.ts'

const RESULT = ''
const RESULT_OWNERS = {
  person: { role: 'trainer', at: 'district' },
  organisation: { role: 'commission', at: 'district' },
} as const

type About = { answer: Explanation; decisionId?: string | undefined }

/** Nothing for anybody but the person, or those who may speak for the school; what is tried, or was known earlier, stands in no office. */
export function WhyObject(about: About) {
  const t = useWords('ui')
  const session = useSession()
  const can = useCan()
  const [open, setOpen] = useState(false)
  const { trial, knownOn, about: whom } = about.answer
  const school = whom.kind === 'organisation'
  const may = school ? can('policy.school.object') : session?.person?.id === whom.id && can('policy.object')
  if (!may || trial || (knownOn !== null && !about.decisionId)) return null
  return (
    <>
      <div className="q-why-acts">
        <Button small icon="flag" onClick={() => setOpen(true)}>
          {t('why.object')}
        </Button>
        <TextLink to={school ? '/policy/objections' : '/my/decisions'}>
          {t(school ? 'why.object.of_school' : 'why.object.own')}
        </TextLink>
      </div>
      {open && <ObjectDialog {...about} onClose={() => setOpen(false)} />}
    </>
  )
}

function ObjectDialog({ answer, decisionId, onClose }: About & { onClose: () => void }) {
  const t = useWords('ui')
  const say = useBilingual()
  const amount = useAmount(answer.facts)
  const policy = useClient<typeof policyContract>('policy')
  const [about, setAbout] = useState(RESULT)
  const telling = { quiet: true, done: t('why.object.sent') }
  const own = useAct(policy.object, { ...telling, refresh: [['policy', 'ownObjections']] })
  const ofSchool = useAct(policy.objectForSchool, { ...telling, refresh: [['policy', 'schoolObjections']] })
  const facts = answer.facts.flatMap((fact) => (fact.owner ? [{ ...fact, owner: fact.owner }] : []))
  const fact = facts.find(({ id }) => id === about)
  const { kind, id: whom } = answer.about
  const { role, at } = fact?.owner ?? RESULT_OWNERS[kind]
  const send = async (text: string) => {
    const said = { set: answer.set, asOf: answer.asOf, text, ...(fact ? { fact: fact.id } : {}) }
    const sent =
      kind === 'organisation'
        ? await ofSchool.run({ ...said, orgId: whom })
        : await own.run({ ...said, ...(decisionId ? { decisionId } : {}) })
    return sent !== undefined
  }
  return (
    <WhyObjectForm
      title={t('why.object.title', { title: say(answer.title) })}
      sending={kind === 'organisation' ? ofSchool : own}
      onSend={send}
      onClose={onClose}
    >
      <SelectField
        label={t('why.object.about')}
        hint={t('why.object.owner', { whom: `${t(`why.object.${at}`)}${t(`why.object.role.${role}`)}` })}
        value={about}
        onChange={setAbout}
        choices={[
          { value: RESULT, label: t('why.object.result') },
          ...facts.map(({ id, title, value }) => ({
            value: id,
            label: t('why.object.fact', { title: say(title), value: amount(value, [id]) }),
          })),
        ]}
      />
    </WhyObjectForm>
  )
}
