/** A form of an office and the taking in of a workbook. */
import { Form, Input, InputNumber, Select } from 'antd'
import { Card, Columns } from '../Card.tsx'
import { useBilingual } from '../i18n.tsx'
import { FormPage } from '../office/FormPage.tsx'
import { UploadExcel } from '../office/UploadExcel.tsx'
import { say } from '../toast.ts'

type Plan = { name: string; level: string; places: number; starts: string }

export default function Forms() {
  const pick = useBilingual()
  const w = (zh: string, en: string) => pick({ 'zh-CN': zh, en })
  return (
    <Columns min={420}>
      <Card title={w('新建班次', 'New class')}>
        <FormPage<Plan>
          initial={{ level: 'district' }}
          submit={w('保存班次', 'Save the class')}
          onSubmit={async () => {
            await new Promise((resolve) => setTimeout(resolve, 400))
            throw Object.assign(new Error(), {
              data: {
                kind: 'invalid',
                code: 'invalid_input',
                fields: [{ field: 'name', message: w('名称已被使用', 'The name is taken') }],
              },
            })
          }}
          onCancel={() => undefined}
        >
          <Form.Item name="name" label={w('班次名称', 'Name')} rules={[{ required: true }]}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="level" label={w('层级', 'Level')}>
            <Select
              options={[
                { value: 'district', label: w('区级', 'District') },
                { value: 'municipal', label: w('市级', 'Municipal') },
              ]}
            />
          </Form.Item>
          <Form.Item name="places" label={w('名额', 'Places')} rules={[{ required: true }]}>
            <InputNumber min={1} max={2000} suffix={w('人', '')} style={{ width: 160 }} />
          </Form.Item>
          <Form.Item name="starts" label={w('开班日期', 'Starts on')}>
            <Input type="date" style={{ width: 200 }} />
          </Form.Item>
        </FormPage>
      </Card>
      <Card title={w('导入花名册', 'Import the roster')}>
        <UploadExcel
          template="/icon.svg"
          hint={w('重复导入同一文件不会产生重复记录', 'Importing the same file twice changes nothing')}
          send={async (file, onSent, signal) => {
            for (let part = 1; part <= 20; part++) {
              await new Promise((resolve) => setTimeout(resolve, 150))
              if (signal.aborted) throw new DOMException('stopped', 'AbortError')
              onSent((file.size / 20) * part)
            }
            return file.name
          }}
          onDone={(name) => say(name)}
        />
      </Card>
    </Columns>
  )
}
