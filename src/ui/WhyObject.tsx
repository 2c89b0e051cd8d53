/** Where a person objects to what was judged of them: the result, or a fact that it rests on; whoever owns it answers. */
import { type FormEvent, useId, useState } from 'react'
import type { Explanation, policyContract } from '../platform/policy/contract.ts'
import { Button, TextLink } from './Button.tsx'
import { useAct, useClient } from './client.tsx'
import { Dialog } from './Dialog.tsx'
import { SelectField, TextAreaField } from './Field.tsx'
import { useBilingual, useWords } from './i18n.tsx'
import { Failure } from './Notice.tsx'
import { useCan, useSession } from './session.tsx'
import { useAmount } from './why-answer.ts'

const SHORTEST = 5
const LONGEST = 1000
const RESULT = ''

type About = { answer: Explanation; decisionId?: string | undefined }

/** Nothing for anybody but the person. */
export function WhyObject(about: About) {
  const t = useWords('ui')
  const session = useSession()
  const can = useCan()
  const [open, setOpen] = useState(false)
  if (session?.person?.id !== about.answer.about.id || !can('policy.object')) return null
  return (
    <>
      <div className="q-why-acts">
        <Button small icon="flag" onClick={() => setOpen(true)}>
          {t('why.object')}
        </Button>
        <TextLink to="/my/decisions">{t('why.object.own')}</TextLink>
      </div>
      {open && <ObjectDialog {...about} onClose={() => setOpen(false)} />}
    </>
  )
}

function ObjectDialog({ answer, decisionId, onClose }: About & { onClose: () => void }) {
  const t = useWords('ui')
  const say = useBilingual()
  const amount = useAmount(answer.facts)
  const form = useId()
  const policy = useClient<typeof policyContract>('policy')
  const [about, setAbout] = useState(RESULT)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const raise = useAct(policy.object, {
    quiet: true,
    done: t('why.object.sent'),
    refresh: [['policy', 'ownObjections']],
  })
  const facts = answer.facts.flatMap((fact) => (fact.owner ? [{ ...fact, owner: fact.owner }] : []))
  const fact = facts.find(({ id }) => id === about)
  const { role, at } = fact?.owner ?? { role: 'trainer', at: 'district' }
  const short = text.trim().length < SHORTEST
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (short || raise.busy) return
    const sent = await raise.run({
      set: answer.set,
      asOf: answer.asOf,
      text: text.trim(),
      ...(fact ? { fact: fact.id } : {}),
      ...(decisionId ? { decisionId } : {}),
    })
    if (sent) onClose()
  }
  return (
    <Dialog
      open
      title={t('why.object.title', { title: say(answer.title) })}
      onClose={onClose}
      acts={
        <Button type="submit" form={form} look="primary" busy={raise.busy}>
          {t('why.object.send')}
        </Button>
      }
    >
      <form id={form} className="q-stack" noValidate onSubmit={(event) => void submit(event)}>
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
        <TextAreaField
          label={t('why.object.text')}
          error={tried && short ? t('why.object.short', { n: SHORTEST }) : undefined}
          required
          rows={5}
          maxLength={LONGEST}
          value={text}
          onChange={setText}
        />
        {raise.error ? <Failure error={raise.error} /> : null}
      </form>
    </Dialog>
  )
}
