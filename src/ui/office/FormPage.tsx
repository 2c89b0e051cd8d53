/** A form of an office: one column, one primary act at the foot that stays in sight together with why it failed, and nothing typed is lost unasked. */
import { Form, type FormInstance } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../Button.tsx'
import { useWords } from '../i18n.tsx'
import { Leaving } from '../Leaving.tsx'
import { Failure } from '../Notice.tsx'
import { troubleOf } from '../trouble.ts'
import { Office } from './Office.tsx'
import './form.css'

export function FormPage<T extends object>({
  initial,
  submit,
  onSubmit,
  onDone,
  onCancel,
  children,
  form: given,
}: {
  initial: Partial<T>
  /** The word on the primary button: what happens, for instance 「发布计划」. */
  submit: string
  /** Sends the values; a rejection is shown, by field where the server names the field. */
  onSubmit: (values: T) => Promise<unknown>
  onDone?: () => void
  onCancel?: () => void
  /** `Form.Item`s of Ant Design. */
  children: ReactNode
  form?: FormInstance<T>
}) {
  const t = useWords('ui')
  const [own] = Form.useForm<T>()
  const form = given ?? own
  const dirty = useRef(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const failed = useRef<HTMLDivElement>(null)
  // Where the next key is pressed: the reason is read out, and Tab leads to the button that tries again.
  useEffect(() => {
    if (error !== null) failed.current?.focus({ preventScroll: true })
  }, [error])
  const send = async (values: T) => {
    setBusy(true)
    setError(null)
    try {
      await onSubmit(values)
      dirty.current = false
      onDone?.()
    } catch (failure) {
      setError(failure)
      markFields(form, failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Office>
      <Form<T>
        form={form}
        className="q-form"
        layout="vertical"
        requiredMark={(label, { required }) =>
          required ? (
            label
          ) : (
            <>
              {label}
              <span className="q-optional q-quiet">{t('field.optional')}</span>
            </>
          )
        }
        initialValues={initial}
        scrollToFirstError={{ block: 'center', focus: true }}
        validateMessages={{ required: t('form.required', { what: `\${label}` }) }}
        onValuesChange={() => {
          dirty.current = true
        }}
        onFinish={(values) => void send(values)}
      >
        {children}
        <div className="q-form-foot">
          {error !== null && (
            <div ref={failed} className="q-form-failed" tabIndex={-1}>
              <Failure error={error} />
            </div>
          )}
          <Button type="submit" look="primary" busy={busy}>
            {submit}
          </Button>
          {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
        </div>
      </Form>
      <Leaving unsaved={() => dirty.current} />
    </Office>
  )
}

/** Input that the contract refused comes back as `fields: [{field: 'sessions.0.date', message}]`. */
function markFields<T>(form: FormInstance<T>, failure: unknown): void {
  const { fields } = troubleOf(failure).data
  if (!Array.isArray(fields)) return
  const marks = fields
    .filter((mark): mark is { field: string; message: string } => typeof mark?.field === 'string')
    .map(({ field, message }) => ({
      name: field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      errors: [message],
    }))
  form.setFields(marks as Parameters<typeof form.setFields>[0])
}
