/** A credential is dropped here and checked by the browser's own cryptography: nothing of it is sent anywhere. */
import { type DragEvent, useId, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { TextAreaField } from '../../../ui/Field.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import './check.css'
import { issuerOf, keysIn, type PublicKey, statusAddress, type Verdict, verifyCredential } from '../contract/verify.ts'
import { Found } from './Found.tsx'

/** Far more than the longest growth file. */
const MOST = 4 * 2 ** 20
type Checked = { verdict: Verdict; issuer: string | undefined }

/** What this installation publishes now, not what the browser kept of it; nothing where the line is down. */
async function published(path: string): Promise<string | undefined> {
  const answer = await fetch(path, { cache: 'no-store' }).catch(() => undefined)
  return answer?.ok ? answer.text() : undefined
}

async function check(text: string, given: readonly PublicKey[]): Promise<Checked> {
  const keys = [...given, ...keysIn((await published('/.well-known/jwks.json')) ?? '')]
  const address = statusAddress(text)
  // Lists of other issuers are theirs to ask: this page speaks with its own installation only.
  const own = address && URL.canParse(address) && new URL(address).origin === location.origin
  const status = own ? await published(new URL(address).pathname) : undefined
  const verdict = await verifyCredential(text, { keys, status, at: new Date() })
  return { verdict, issuer: issuerOf(text) }
}

export default function Check() {
  const t = useWords('credentials')
  const id = useId()
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState(false)
  const [text, setText] = useState('')
  const [typed, setTyped] = useState('')
  const [tooLarge, setTooLarge] = useState(false)
  const [checked, setChecked] = useState<Checked | null>(null)
  const run = async (said: string, given: readonly PublicKey[] = []) => {
    setBusy(true)
    setText(said)
    setTooLarge(false)
    try {
      setChecked(await check(said, given))
    } finally {
      setBusy(false)
    }
  }
  const take = async (file: File | undefined) => {
    if (!file) return
    setChecked(null)
    if (file.size > MOST) setTooLarge(true)
    else await run(await file.text())
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <div className="cred">
      <PageHead title={t('check.title')} subtitle={t('check.subtitle')} />
      <div className="q-stack">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition to the field inside */}
        <div
          className={over ? 'cred-drop cred-drop-over' : 'cred-drop'}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          <Icon name="shield" size={30} />
          <p>{t('check.drop')}</p>
          <input
            id={id}
            className="cred-input"
            type="file"
            accept=".jwt,.svg,.json,.txt"
            onChange={(event) => {
              void take(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <label className="q-button q-button-primary" htmlFor={id}>
            <Icon name="upload" size={18} />
            <span>{t('check.choose')}</span>
          </label>
          <p className="q-quiet">{t('check.private')}</p>
        </div>
        {tooLarge && (
          <Notice tone="alert" live>
            {t('check.too_large')}
          </Notice>
        )}
        <div aria-live="polite" aria-busy={busy}>
          {checked && <Found {...checked} />}
        </div>
        {checked?.verdict.state === 'key' && <OtherKeys onKeys={(keys) => void run(text, keys)} />}
        <Card>
          <details className="cred-more">
            <summary>{t('check.paste')}</summary>
            <div className="q-stack">
              <TextAreaField label={t('check.text')} value={typed} onChange={setTyped} rows={4} />
              <div>
                <Button busy={busy} onClick={() => typed.trim() && void run(typed)}>
                  {t('check.act')}
                </Button>
              </div>
            </div>
          </details>
          <details className="cred-more">
            <summary>{t('check.offline')}</summary>
            <p>{t('check.offline_says')}</p>
            <code className="cred-code">{`qiangshi verify-credential FILE --key jwks.json`}</code>
            <p>
              <a className="q-text-link" href="/.well-known/jwks.json">
                {t('check.keys')}
              </a>
              {' · '}
              <a className="q-text-link" href="/.well-known/did.json">
                {t('check.did')}
              </a>
            </p>
          </details>
        </Card>
      </div>
    </div>
  )
}

/** Keys of another issuer, which the person got from there. */
function OtherKeys({ onKeys }: { onKeys: (keys: PublicKey[]) => void }) {
  const t = useWords('credentials')
  const id = useId()
  const [none, setNone] = useState(false)
  return (
    <Card title={t('check.other')}>
      <div className="q-stack">
        <label htmlFor={id}>{t('check.other_says')}</label>
        <input
          id={id}
          className="cred-keys"
          type="file"
          accept=".json,application/json"
          onChange={async (event) => {
            const file = event.target.files?.[0]
            if (!file) return
            const keys = keysIn(await file.text())
            setNone(keys.length === 0)
            if (keys.length > 0) onKeys(keys)
          }}
        />
        {none && <Notice tone="alert">{t('check.no_keys')}</Notice>}
      </div>
    </Card>
  )
}
