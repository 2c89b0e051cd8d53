/** The fields of a class, for adding one and for changing one before its places are shared out. */
import { Form, Input, InputNumber, Radio, Select } from 'antd'
import { times } from '../../../../base/decimal.ts'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { TargetFields } from './TargetFields.tsx'
import type { ClassRow, Plan, Target } from './training.ts'

export const LEVELS = ['district', 'city', 'national', 'school'] as const
export const CREDIT_KINDS = ['concentrated', 'online', 'practice', 'research', 'school_based', 'self_study'] as const
export const NATURES = ['class', 'activity'] as const

export type ClassValues = {
  projectId: string
  code: string
  name: string
  level: (typeof LEVELS)[number]
  kind: string
  creditKind: string
  places: number | null
  hours: string
  terms: number
  /** Yuan as typed, exact. */
  budget: string | null
  enrolment: 'delegated' | 'open'
  target: Target
}

export const emptyClass = (plan: Plan): Partial<ClassValues> => ({
  ...(plan.projects[0] ? { projectId: plan.projects[0].id } : {}),
  level: 'district',
  kind: 'class',
  creditKind: 'concentrated',
  places: null,
  terms: 1,
  enrolment: 'delegated',
  target: { categories: ['11'] },
})

export const valuesOf = (one: ClassRow): Partial<ClassValues> => ({
  projectId: one.projectId,
  code: one.code,
  name: one.name,
  level: one.level as ClassValues['level'],
  kind: one.kind,
  creditKind: one.creditKind,
  places: one.places,
  ...(one.hours ? { hours: one.hours } : {}),
  terms: one.terms,
  budget: one.budgetFen ? `${Math.trunc(one.budgetFen / 100)}.${String(one.budgetFen % 100).padStart(2, '0')}` : null,
  enrolment: one.enrolment,
  target: one.target,
})

export const fenOf = (yuan: string | null | undefined): number => (yuan ? Number(times(yuan, '100')) : 0)

/** The rule without what was left empty, as the contract wants it. */
export function tidyTarget(target: Target | undefined): Target {
  const { serviceYears, hiredWithinMonths, ...lists } = target ?? {}
  const kept = Object.fromEntries(Object.entries(lists).filter(([, codes]) => (codes?.length ?? 0) > 0)) as Target
  const { from, to } = serviceYears ?? {}
  const years = { ...(typeof from === 'number' ? { from } : {}), ...(typeof to === 'number' ? { to } : {}) }
  return {
    ...kept,
    ...(Object.keys(years).length > 0 ? { serviceYears: years } : {}),
    ...(typeof hiredWithinMonths === 'number' ? { hiredWithinMonths } : {}),
  }
}

/** `fixed`: what may not change any more once the class exists. `shared`: places are out, only name and budget may change. */
export function ClassFields({ plan, fixed, shared }: { plan: Plan; fixed?: boolean; shared?: boolean }) {
  const t = useWords('training')
  const f = useFormat()
  const words = (group: string, keys: readonly string[]) => keys.map((value) => ({ value, label: t(`${group}.${value}`) }))
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
                  label: f.locale === 'en' ? nameEn || name : name,
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
              <Form.Item name="places" label={t('office.figure.places')} extra={t('office.form.places_hint')} required={false}>
                <InputNumber min={1} max={100_000} precision={0} controls={false} />
              </Form.Item>
              <Form.Item name="hours" label={t('office.form.hours')} rules={required}>
                <InputNumber<string> stringMode min="0.5" max="999" precision={1} controls={false} />
              </Form.Item>
              {!fixed && (
                <Form.Item name="terms" label={t('office.form.terms')} rules={required}>
                  <InputNumber min={1} max={20} precision={0} />
                </Form.Item>
              )}
            </div>
            <Form.Item name="enrolment" label={t('office.form.enrolment')} rules={required}>
              <Radio.Group options={words('office.enrolment', ['delegated', 'open'])} />
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
