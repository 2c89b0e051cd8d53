/** Takes a teacher on at a school, with what is known on the first day. */

import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form, Input, Radio, Select } from 'antd'
import { Card } from '../../../ui/Card.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { useClearable } from '../../../ui/office/clearable.tsx'
import { FormPage } from '../../../ui/office/FormPage.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { say } from '../../../ui/toast.ts'
import './records.css'
import { useCodes } from './codes.ts'
import { KEYS, useRecords, useToday } from './records.ts'
import { useSchools } from './schools.ts'

type Values = {
  name: string
  sex: '1' | '2'
  number?: string
  idNumber?: string
  birthDate?: string
  workSince?: string
  orgId: string
  category: string
  basis: 'in_post' | 'contract'
  from: string
  stage?: string
  subjects?: string[]
  title?: string
  posts?: string[]
}

export default function AddTeacher() {
  const t = useWords('records')
  const clear = useClearable()
  const codes = useCodes()
  const schools = useSchools()
  const records = useRecords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const today = useToday()
  const required = [{ required: true }]
  const sole = schools.length === 1 ? schools[0]?.value : undefined
  const send = async (values: Values) => {
    const { personId, number, login } = await records.addTeacher({
      ...values,
      orgId: values.orgId ?? sole,
      number: values.number?.trim() || undefined,
      idNumber: values.idNumber || null,
      birthDate: values.birthDate || null,
      workSince: values.workSince || null,
    })
    const wanted = number.toLowerCase()
    say(
      login === wanted
        ? t('add.done', { name: values.name, number })
        : t('add.done_login', { name: values.name, number, wanted, login }),
    )
    await queries.invalidateQueries({ queryKey: KEYS.people })
    // The form lets go of its values first; it would ask whether to leave otherwise.
    setTimeout(() => void navigate({ to: '/people/$personId', params: { personId } } as unknown as { to: string }))
  }
  return (
    <>
      <PageHead
        title={t('add.heading')}
        subtitle={t('add.subtitle')}
        back={{ to: '/people', label: t('people.heading') }}
      />
      <Card>
        <FormPage<Values>
          initial={{ basis: 'in_post', category: '11', from: today, sex: '2' }}
          submit={t('add.submit')}
          onSubmit={send}
          onCancel={() => void navigate({ to: '/people' })}
        >
          <div className="rec-field-row">
            <Form.Item name="name" label={t('name')} rules={[...required, { min: 2 }]}>
              <Input maxLength={40} autoComplete="off" />
            </Form.Item>
            <Form.Item name="number" label={t('number')} required={false} extra={t('add.number_hint')}>
              <Input maxLength={32} autoComplete="off" spellCheck={false} />
            </Form.Item>
            <Form.Item name="sex" label={t('sex')} rules={required}>
              <Radio.Group options={codes.choices('sex').filter(({ value }) => value === '1' || value === '2')} />
            </Form.Item>
          </div>
          <div className="rec-field-row">
            <Form.Item name="idNumber" label={t('id_number')} required={false} extra={t('id_number_hint')}>
              <Input maxLength={20} autoComplete="off" spellCheck={false} />
            </Form.Item>
            <Form.Item name="birthDate" label={t('birth_date')} required={false}>
              <Input type="date" max={today} />
            </Form.Item>
          </div>
          <div className="rec-field-row">
            {schools.length > 1 && (
              <Form.Item name="orgId" label={t('school')} rules={required}>
                <Select showSearch={{ optionFilterProp: 'label' }} options={schools} />
              </Form.Item>
            )}
            <Form.Item name="from" label={t('employed_from')} rules={required}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name="workSince" label={t('work_since')} required={false} extra={t('work_since_hint')}>
              <Input type="date" max={today} />
            </Form.Item>
          </div>
          <div className="rec-field-row">
            <Form.Item name="category" label={t('category')} rules={required}>
              <Select options={codes.choices('category')} />
            </Form.Item>
            <Form.Item name="basis" label={t('basis')} rules={required}>
              <Select options={codes.choices('basis')} />
            </Form.Item>
          </div>
          <div className="rec-field-row">
            <Form.Item name="stage" label={t('stage')} required={false}>
              <Select allowClear={clear} options={codes.choices('stage')} />
            </Form.Item>
            <Form.Item name="subjects" label={t('subject')} required={false}>
              <Select mode="multiple" allowClear={clear} optionFilterProp="label" options={codes.choices('subject')} />
            </Form.Item>
          </div>
          <div className="rec-field-row">
            <Form.Item name="title" label={t('title')} required={false}>
              <Select allowClear={clear} options={codes.choices('title')} />
            </Form.Item>
            <Form.Item name="posts" label={t('post')} required={false}>
              <Select mode="multiple" allowClear={clear} optionFilterProp="label" options={codes.choices('post')} />
            </Form.Item>
          </div>
        </FormPage>
      </Card>
    </>
  )
}
