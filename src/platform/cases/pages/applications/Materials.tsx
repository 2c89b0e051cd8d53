/** The files that are asked for: each with what is there and what is missing; a photograph from the phone will do where pictures are taken. */
import { type ChangeEvent, useId, useRef, useState } from 'react'
import { Button, IconButton } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { type ApplicationPage, type Applying, CHANGED } from './applying.ts'

const ENDINGS: Record<string, string> = { pdf: '.pdf', png: '.png', jpeg: '.jpg,.jpeg' }
/** As the server takes it. */
const MOST_BYTES = 20 * 2 ** 20
type Material = ApplicationPage['materials'][number]

export function Materials({ page, applying }: { page: ApplicationPage; applying: Applying }) {
  const t = useWords('cases')
  if (page.materials.length === 0) return null
  return (
    <Card title={t('applications.materials')}>
      <ul className="app-materials">
        {page.materials.map((material) => (
          <One key={material.id} material={material} applicationId={page.id} applying={applying} />
        ))}
      </ul>
    </Card>
  )
}

function One({ material, applicationId, applying }: { material: Material; applicationId: string; applying: Applying }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [large, setLarge] = useState<string | null>(null)
  const add = useAct(applying.addMaterial, { quiet: true, done: t('applications.file_added'), refresh: CHANGED })
  const drop = useAct(applying.dropMaterial, { done: t('applications.file_dropped'), refresh: CHANGED })
  const { files, most, required, kinds, title, blind } = material
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (!file) return
    setLarge(file.size > MOST_BYTES ? file.name : null)
    if (file.size <= MOST_BYTES) await add.run({ applicationId, material: material.id, file })
    target.value = ''
  }
  return (
    <li aria-labelledby={id}>
      <p className="app-meta">
        <b id={id}>{say(title)}</b>
        {files.length > 0 ? (
          <StatusTag tone="done">{t('applications.files', { n: files.length })}</StatusTag>
        ) : required ? (
          <StatusTag tone="act">{t('applications.needed')}</StatusTag>
        ) : (
          <StatusTag tone="plain">{t('applications.not_needed')}</StatusTag>
        )}
      </p>
      <p className="q-quiet">
        {t('applications.file_limits', {
          kinds: f.list(kinds.map((kind) => kind.toUpperCase())),
          most,
          size: f.bytes(MOST_BYTES),
        })}
      </p>
      {blind && <p className="q-quiet">{t('applications.file_blind')}</p>}
      {files.map((file) => (
        <p key={file.id} className="app-file">
          <a href={`/files/${file.fileId}`} download>
            {file.name}
          </a>
          <span className="q-quiet q-num">{f.bytes(file.size)}</span>
          <IconButton
            icon="trash"
            label={t('applications.drop_file', { name: file.name })}
            busy={drop.busy}
            onClick={() => void drop.run({ applicationId, materialId: file.id })}
          />
        </p>
      ))}
      {files.some(({ named }) => named) && <Notice tone="alert" live title={t('applications.file_named')} />}
      {large && (
        <Notice tone="alert" live title={t('applications.file_large', { name: large, size: f.bytes(MOST_BYTES) })} />
      )}
      {add.error !== null && <Failure error={add.error} />}
      {files.length < most && (
        <div>
          <input
            ref={input}
            type="file"
            hidden
            accept={kinds.map((kind) => ENDINGS[kind]).join(',')}
            onChange={(event) => void take(event)}
          />
          <Button
            icon="upload"
            busy={add.busy}
            onClick={() => input.current?.click()}
            aria-label={t('applications.add_file_to', { title: say(title) })}
          >
            {t('applications.add_file')}
          </Button>
        </div>
      )}
    </li>
  )
}
