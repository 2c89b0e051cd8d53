/** The public check: type the code of a paper, or arrive by its QR code, and compare what is on record. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { usePathPart } from '../../../ui/address.ts'
import { Button, TextLink } from '../../../ui/Button.tsx'
import { useClient } from '../../../ui/client.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import type { documentsContract } from '../contract.ts'
import { Found } from './Found.tsx'
import { NotFound } from './NotFound.tsx'
import './verify.css'

/** Shorter than any code: nothing the server would look up. */
const SHORTEST = 4

export default function Verify() {
  const t = useWords('documents')
  const code = usePathPart('code')
  return (
    <div className="verify">
      <PageHead title={t('verify.title')} subtitle={t('verify.subtitle')} />
      {code && <Result key={code} code={code} />}
      <CodeForm key={`form/${code}`} code={code} />
      <p>
        <TextLink to="/verify/credential">{t('verify.credential')}</TextLink>
      </p>
    </div>
  )
}

function Result({ code }: { code: string }) {
  const documents = useClient<typeof documentsContract>('documents')
  const paper = useQuery({ queryKey: ['documents', 'verify', code], queryFn: () => documents.verify({ code }) })
  return (
    <div aria-live="polite">
      <Answer of={paper} height={280}>
        {(found) => (found ? <Found paper={found} code={code} /> : <NotFound code={code} />)}
      </Answer>
    </div>
  )
}

function CodeForm({ code }: { code: string }) {
  const t = useWords('documents')
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const wanted = typed.trim()
  const missing = wanted.length < SHORTEST
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!missing) void navigate({ to: `/verify/${encodeURIComponent(wanted)}` })
  }
  return (
    <form className="verify-form" onSubmit={submit} noValidate>
      <TextField
        label={t(code ? 'verify.another' : 'verify.code')}
        hint={t('verify.code_hint')}
        error={tried && missing ? t('verify.code_missing') : undefined}
        value={typed}
        onChange={setTyped}
        required
        maxLength={60}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
      />
      <div>
        <Button type="submit" look={code ? 'plain' : 'primary'} icon="search">
          {t('verify.act')}
        </Button>
      </div>
    </form>
  )
}
