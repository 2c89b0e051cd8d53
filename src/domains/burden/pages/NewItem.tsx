/** A new entry: the basis first, then whom it reaches and how much work it is; what is on record is told before it is asked for. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useWords } from '../../../ui/i18n.tsx'
import { FormPage } from '../../../ui/office/FormPage.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { say } from '../../../ui/toast.ts'
import type { ToRegister } from '../contract.ts'
import { KEY, KINDS, useBurden, useToday } from './burden.tsx'
import { Matches } from './Matches.tsx'

type Values = Omit<ToRegister, 'asks'> & { asks?: string }

export default function NewItem() {
  const t = useWords('burden')
  const burden = useBurden()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const today = useToday()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('kind', form) ?? 'data'
  const asks = Form.useWatch('asks', form) ?? ''
  const from = Form.useWatch('from', form) ?? today
  const places = useQuery({ queryKey: [...KEY, 'schools'], queryFn: () => burden.schools() })
  const lists = useQuery({ queryKey: [...KEY, 'lists'], queryFn: () => burden.lists() })
  const offices = (places.data ?? []).filter((place) => place.kind !== 'school')
  const schools = (places.data ?? []).filter((place) => place.kind === 'school')
  const listed = (lists.data?.rows ?? []).filter(
    (row) => row.kind === kind && row.from <= from && (row.endsOn === null || row.endsOn > from),
  )
  const text = (value: string | undefined) => (value?.trim() ? value.trim() : undefined)
  const send = async ({ asks: lines, schoolIds, underId, listedId, reason, ...values }: Values) => {
    const chosen = schoolIds ?? []
    const reasoned = text(reason)
    const { state } = await burden
      .register({
        ...values,
        about: values.about ?? '',
        number: values.number ?? '',
        article: values.article ?? '',
        schoolIds: chosen,
        asks:
          kind === 'data'
            ? (lines ?? '')
                .split(/[\n;；、,，]+/)
                .map((one) => one.trim())
                .filter(Boolean)
            : [],
        ...(chosen.length === 0 && (underId ?? offices[0]?.id) ? { underId: underId ?? offices[0]!.id } : {}),
        ...(listedId ? { listedId } : {}),
        ...(reasoned ? { reason: reasoned } : {}),
      })
      .catch((failure) => {
        // What is said against it stands at the end of a long form, where a reason may be given: once it is there it comes into sight.
        setTimeout(() => document.querySelector('.q-form .q-notice-alert')?.scrollIntoView({ block: 'center' }), 100)
        throw failure
      })
    say(t(state === 'answered' ? 'form.answered' : state === 'waiting' ? 'form.waiting' : 'form.registered'))
    await queries.invalidateQueries({ queryKey: KEY })
  }
  const required = [{ required: true }]
  return (
    <>
      <PageHead title={t('register.new')} back={{ to: '/burden', label: t('act.back') }} />
      <FormPage<Values>
        form={form}
        initial={{ kind: 'data', from: today, until: today, items: 1, minutes: 30, people: 1 }}
        submit={t('form.submit')}
        onSubmit={send}
        onDone={() => void navigate({ to: '/burden' as '/' })}
        onCancel={() => void navigate({ to: '/burden' as '/' })}
      >
        <Form.Item name="kind" label={t('f.kind')} rules={required}>
          <Select options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="title" label={t('f.title')} rules={required}>
          <Input maxLength={120} />
        </Form.Item>
        {kind === 'data' && (
          <>
            <Form.Item name="asks" label={t('f.asks')} extra={t('f.asks_hint')} rules={required}>
              <Input.TextArea rows={4} maxLength={2000} />
            </Form.Item>
            <Matches text={asks} />
          </>
        )}
        <Form.Item name="about" label={t('f.about')}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="asker" label={t('f.asker')} extra={t('f.asker_hint')} rules={required}>
          <Input maxLength={80} />
        </Form.Item>
        <h2>{t('form.basis')}</h2>
        <Form.Item name="document" label={t('f.document')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="number" label={t('f.number')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="article" label={t('f.article')}>
          <Input maxLength={60} />
        </Form.Item>
        {(kind === 'event' || kind === 'inspection') && (
          <Form.Item name="listedId" label={t('f.listed')} extra={t('f.listed_hint')}>
            <Select
              allowClear
              placeholder={t('f.not_listed')}
              options={listed.map((row) => ({ value: row.id, label: row.title }))}
            />
          </Form.Item>
        )}
        <h2>{t('form.who')}</h2>
        <Form.Item name="underId" label={t('f.under')} extra={t('f.under_hint')}>
          <Select
            placeholder={offices[0]?.name ?? ''}
            options={offices.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="schoolIds" label={t('f.schools')} extra={t('f.schools_hint')}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            options={schools.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="from" label={t('f.from')} rules={required}>
          <Input type="date" style={{ maxWidth: 200 }} />
        </Form.Item>
        <Form.Item name="until" label={t('f.until')} rules={required}>
          <Input type="date" style={{ maxWidth: 200 }} />
        </Form.Item>
        {kind === 'secondment' && (
          <>
            <Form.Item name="schoolConsents" valuePropName="checked">
              <Checkbox>{t('f.school_consents')}</Checkbox>
            </Form.Item>
            <Form.Item name="personConsents" valuePropName="checked">
              <Checkbox>{t('f.person_consents')}</Checkbox>
            </Form.Item>
          </>
        )}
        <h2>{t('form.work')}</h2>
        {(['items', 'minutes', 'people'] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`f.${name}`)} rules={required}>
            <InputNumber min={0} max={9999} precision={0} />
          </Form.Item>
        ))}
        <Form.Item name="reason" label={t('f.reason')} extra={t('f.reason_hint')}>
          <Input.TextArea rows={2} maxLength={300} />
        </Form.Item>
      </FormPage>
    </>
  )
}
