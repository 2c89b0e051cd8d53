/** The editor of a class's rule: conditions that must all hold, and below them the rule as it reads. */
import { Form, InputNumber, Select } from 'antd'
import { useWords } from '../../../../../ui/i18n.tsx'
import { useClearable } from '../../../../../ui/office/clearable.tsx'
import { type CodeTable, useCodes } from '../codes.ts'
import { useTargetWords } from '../target.ts'
import type { Target } from '../training.ts'
import { tidyTarget } from './class-values.ts'
import './class.css'
import '../office.css'

const LISTS: readonly [string, CodeTable][] = [
  ['categories', 'categories'],
  ['stages', 'stages'],
  ['subjects', 'subjects'],
  ['titlesAny', 'titles'],
  ['posts', 'posts'],
  ['excludePosts', 'posts'],
  ['honoursAny', 'honours'],
]

export function TargetFields() {
  const t = useWords('training')
  const codes = useCodes()
  const clearable = useClearable()
  const { conditions } = useTargetWords()
  const target = tidyTarget(Form.useWatch('target') as Target | undefined)
  const lines = conditions(target)
  return (
    <>
      <p className="q-quiet tr-fieldset-note">{t('office.form.whom_hint')}</p>
      <div className="tr-field-grid">
        {LISTS.map(([field, table]) => (
          <div key={field} className="tr-labelled">
            <label htmlFor={`target_${field}`}>{t(`office.target.${field}`)}</label>
            <Form.Item name={['target', field]} noStyle>
              <Select
                mode="multiple"
                allowClear={clearable}
                placeholder={t('office.form.any')}
                optionFilterProp="label"
                options={codes.choices(table)}
              />
            </Form.Item>
          </div>
        ))}
        <div className="tr-labelled">
          <label htmlFor="target_serviceYears_from">{t('office.target.serviceYears')}</label>
          <div className="tr-between">
            <Form.Item name={['target', 'serviceYears', 'from']} noStyle>
              <InputNumber min={0} max={60} precision={0} controls={false} aria-label={t('office.form.years_from')} />
            </Form.Item>
            <span>{t('office.form.to')}</span>
            <Form.Item name={['target', 'serviceYears', 'to']} noStyle>
              <InputNumber min={0} max={60} precision={0} controls={false} aria-label={t('office.form.years_to')} />
            </Form.Item>
            <span>{t('office.form.years')}</span>
          </div>
        </div>
        <div className="tr-labelled">
          <label htmlFor="target_hiredWithinMonths">{t('office.target.hiredWithinMonths')}</label>
          <Form.Item name={['target', 'hiredWithinMonths']} noStyle>
            <InputNumber min={1} max={120} precision={0} controls={false} suffix={t('office.form.months')} />
          </Form.Item>
        </div>
      </div>
      <div className="tr-rule" role="status">
        <b>{t('office.form.reads')}</b>
        {lines.length === 0 ? (
          <p>{t('office.target.all')}</p>
        ) : (
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
    </>
  )
}
