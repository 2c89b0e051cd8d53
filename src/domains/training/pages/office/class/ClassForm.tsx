/** The fields of a class, for adding one and for changing one before its places are shared out. */
import { Form, Input, InputNumber, Radio, Select } from 'antd'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import type { Plan } from '../training.ts'
import { CREDIT_KINDS, LEVELS, NATURES } from './class-values.ts'
import { TargetFields } from './TargetFields.tsx'
import './class.css'
import '../office.css'
import { nameIn } from '../names.ts'

/** A date is wanted as soon as the other one is given. */
const whole = (message: string, other: unknown) => ({
  validator: async (_: unknown, typed?: string) => {
    if (other && !typed) throw new Error(message)
  },
})

/** `fixed`: what may not change any more once the class exists. `shared`: places are out, only name and budget may change. */
export function ClassFields({ plan, fixed, shared }: { plan: Plan; fixed?: boolean; shared?: boolean }) {
  const t = useWords('training')
  const f = useFormat()
  const words = (group: string, keys: readonly string[]) =>
    keys.map((value) => ({ value, label: t(`${group}.${value}`) }))
  const required = [{ required: true }]
  return (
    <>
      <fieldset className="tr-fieldset">
        <legend>{t('office.form.what')}</legend>
        {!fixed && (
          <>
            <Form.Item name="projectId" label={t('office.figure.project')} rules={required}>
              <Select
                options={plan.projects.map(({ id, name, nameEn }) => ({
                  value: id,
                  label: nameIn(f.locale, { name, nameEn }),
                }))}
              />
            </Form.Item>
            <Form.Item name="code" label={t('office.form.code')} rules={required} extra={t('office.form.code_hint')}>
              <Input maxLength={40} />
            </Form.Item>
          </>
        )}
        <Form.Item name="name" label={t('office.form.name')} rules={[...required, { min: 2 }]}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item
          name="nameEn"
          label={t('office.form.name_en')}
          extra={t('office.form.name_en_hint')}
          required={false}
        >
          <Input maxLength={160} lang="en" />
        </Form.Item>
        <div className="tr-field-row">
          <Form.Item
            name="from"
            label={t('office.form.period_from')}
            extra={t('office.form.period_hint')}
            required={false}
            dependencies={['until']}
            rules={[({ getFieldValue }) => whole(t('office.form.period_both'), getFieldValue('until'))]}
          >
            <Input type="date" />
          </Form.Item>
          <Form.Item
            name="until"
            label={t('office.form.period_until')}
            required={false}
            dependencies={['from']}
            rules={[
              ({ getFieldValue }) => whole(t('office.form.period_both'), getFieldValue('from')),
              ({ getFieldValue }) => ({
                validator: async (_, until?: string) => {
                  if (until && until < String(getFieldValue('from') ?? ''))
                    throw new Error(t('office.form.period_order'))
                },
              }),
            ]}
          >
            <Input type="date" />
          </Form.Item>
        </div>
        {!fixed && (
          <div className="tr-field-row">
            <Form.Item name="level" label={t('office.form.level')} rules={required}>
              <Select options={words('level', LEVELS)} />
            </Form.Item>
            <Form.Item name="kind" label={t('office.form.nature')} rules={required}>
              <Select options={words('office.nature', NATURES)} />
            </Form.Item>
            <Form.Item name="creditKind" label={t('office.form.credit_kind')} rules={required}>
              <Select options={words('kind', CREDIT_KINDS)} />
            </Form.Item>
          </div>
        )}
      </fieldset>
      {!shared && (
        <>
          <fieldset className="tr-fieldset">
            <legend>{t('office.form.size')}</legend>
            <div className="tr-field-row">
              <Form.Item
                name="places"
                label={t('office.figure.places')}
                extra={t('office.form.places_hint')}
                required={false}
              >
                <InputNumber min={1} max={100_000} precision={0} controls={false} />
              </Form.Item>
              <Form.Item name="hours" label={t('office.form.hours')} rules={required}>
                <InputNumber<string> stringMode min="0.5" max="999" controls={false} />
              </Form.Item>
              {!fixed && (
                <Form.Item name="terms" label={t('office.form.terms')} rules={required}>
                  <InputNumber min={1} max={20} precision={0} />
                </Form.Item>
              )}
            </div>
            <Form.Item name="enrolment" label={t('office.form.enrolment')} rules={required}>
              <Radio.Group options={words('enrolment', ['delegated', 'open'])} />
            </Form.Item>
          </fieldset>
          <fieldset className="tr-fieldset">
            <legend>{t('office.form.whom')}</legend>
            <TargetFields />
          </fieldset>
        </>
      )}
      <fieldset className="tr-fieldset">
        <legend>{t('office.form.money')}</legend>
        <Form.Item name="budget" label={t('office.form.budget')} required={false}>
          <InputNumber<string> stringMode min="0" precision={2} controls={false} prefix="¥" />
        </Form.Item>
      </fieldset>
    </>
  )
}
