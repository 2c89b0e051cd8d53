/** Takes a workbook by drag or by choice, checks type and size before sending, and shows how much is through. */
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import { useFormat, useWords } from '../i18n.tsx'
import { Progress } from '../Meter.tsx'
import { Failure, Notice } from '../Notice.tsx'
import './form.css'
import { type Send, sendFile } from './upload.ts'

type Going = { name: string; sent: number; size: number; stop: AbortController }

export function UploadExcel<Answer>({
  to,
  send,
  types = ['.xlsx'],
  maxBytes = 30 * 2 ** 20,
  template,
  hint,
  onDone,
}: {
  /** Address that takes the bytes; or give `send` to do it in another way. */
  to?: string
  send?: Send<Answer>
  types?: readonly string[]
  maxBytes?: number
  /** Address of the template to fill in. */
  template?: string
  hint?: ReactNode
  onDone: (answer: Answer, file: File) => void
}) {
  const t = useWords('ui')
  const f = useFormat()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [going, setGoing] = useState<Going | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [complaint, setComplaint] = useState<string | null>(null)
  const limits = { types: types.join('、'), size: f.bytes(maxBytes) }

  const take = async (file: File | undefined) => {
    if (!file || going) return
    setError(null)
    setComplaint(null)
    if (!types.some((type) => file.name.toLowerCase().endsWith(type)))
      return setComplaint(t('upload.wrong_type', { name: file.name, types: limits.types }))
    if (file.size > maxBytes) return setComplaint(t('upload.too_big', { name: file.name, size: limits.size }))
    const stop = new AbortController()
    setGoing({ name: file.name, sent: 0, size: file.size, stop })
    try {
      const carry = send ?? sendFile<Answer>(to ?? '')
      const answer = await carry(file, (sent) => setGoing((now) => now && { ...now, sent }), stop.signal)
      onDone(answer, file)
    } catch (failure) {
      if (stop.signal.aborted) setComplaint(t('upload.cancelled'))
      else setError(failure)
    } finally {
      setGoing(null)
      // The same file may be chosen again after it was corrected.
      if (input.current) input.current.value = ''
    }
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <div className="q-upload-place">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition to the button inside */}
      <div
        className={over ? 'q-upload q-upload-over' : 'q-upload'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <Icon name="upload" size={28} />
        {going ? (
          <div className="q-upload-going">
            <p>{t(going.sent < going.size ? 'upload.sending' : 'upload.reading', { name: going.name })}</p>
            <Progress
              label={going.name}
              {...(going.sent < going.size
                ? { value: going.sent, max: going.size, text: `${f.bytes(going.sent)} / ${f.bytes(going.size)}` }
                : {})}
            />
            <Button small onClick={() => going.stop.abort()}>
              {t('job.cancel')}
            </Button>
          </div>
        ) : (
          <>
            <label htmlFor={id}>{t('upload.drop')}</label>
            <input
              ref={input}
              id={id}
              type="file"
              accept={types.join(',')}
              onChange={(event) => void take(event.target.files?.[0])}
            />
            <p className="q-quiet">{t('upload.limits', limits)}</p>
          </>
        )}
      </div>
      {complaint && <Notice tone="alert" live title={complaint} />}
      {error !== null && <Failure error={error} />}
      {(template || hint) && (
        <div className="q-upload-foot">
          {template && (
            <a href={template} download>
              <Icon name="download" size={16} /> {t('upload.template')}
            </a>
          )}
          {hint && <span className="q-quiet">{hint}</span>}
        </div>
      )}
    </div>
  )
}
