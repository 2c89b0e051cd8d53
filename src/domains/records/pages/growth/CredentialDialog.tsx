/** One item as a credential: taken with one press, then carried away as a picture or a bare file, and told how others check it. */
import { useState } from 'react'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { CheckField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { CREDENTIALS, type Entry, type Issued, useCredentials } from './growth.ts'

export function CredentialDialog({
  entry,
  issued,
  onClose,
}: {
  entry: Entry
  issued: Issued | undefined
  onClose: () => void
}) {
  const t = useWords('records')
  const f = useFormat()
  const say = useBilingual()
  const credentials = useCredentials()
  const [withNumber, setWithNumber] = useState(false)
  const take = useAct(credentials.issue, { done: t('growth.taken'), refresh: [CREDENTIALS] })
  const file = useAct(credentials.file)
  const save = async (as: 'svg' | 'jwt') => {
    const found = issued && (await file.run({ id: issued.id, as }))
    if (found) saveFile(found, `credential.${as}`)
  }
  return (
    <Sheet
      open
      title={say(entry.title)}
      onClose={onClose}
      acts={
        issued ? (
          <>
            <Button busy={file.busy} onClick={() => void save('jwt')}>
              {t('growth.as_jwt')}
            </Button>
            <Button look="primary" icon="download" busy={file.busy} onClick={() => void save('svg')}>
              {t('growth.as_svg')}
            </Button>
          </>
        ) : (
          <Button
            look="primary"
            icon="seal"
            busy={take.busy}
            onClick={() => entry.credential && void take.run({ ...entry.credential, withNumber })}
          >
            {t('growth.take')}
          </Button>
        )
      }
    >
      <div className="q-stack">
        {issued ? (
          <>
            <p className="gro-said">
              {t('growth.issued_on', { date: f.date(new Date(issued.issuedAt)) })}
              {issued.withNumber ? t('growth.says_number') : t('growth.says_name')}
            </p>
            <p>{t('growth.how_checked')}</p>
            <div>
              <ButtonLink icon="shield" to="/verify/credential">
                {t('growth.check')}
              </ButtonLink>
            </div>
          </>
        ) : (
          <>
            <p className="gro-said">{t('growth.take_says')}</p>
            <CheckField label={t('growth.with_number')} checked={withNumber} onChange={setWithNumber} />
          </>
        )}
      </div>
    </Sheet>
  )
}
