/** An office's view: a long list with its filters, and figures as pictures that lead to people. */
import { Card, Columns } from '../Card.tsx'
import { useBilingual, useFormat } from '../i18n.tsx'
import { Chart } from '../office/Chart.tsx'
import { DataTable } from '../office/DataTable.tsx'
import type { Column, TablePage } from '../office/table.ts'
import type { TableQuery } from '../office/table-query.ts'
import { PersonLink } from '../PersonLink.tsx'
import { Qr } from '../Qr.tsx'
import { StatusTag } from '../Tag.tsx'
import { say } from '../toast.ts'
import { creditClause, type SamplePerson, samplePeople, sampleStates } from './sample.ts'

async function load({ cursor, limit, sort, desc, filter }: TableQuery): Promise<TablePage<SamplePerson>> {
  await new Promise((resolve) => setTimeout(resolve, 200))
  const found = samplePeople.filter(
    (row) =>
      (!filter.q || row.name.includes(String(filter.q)) || row.number.includes(String(filter.q))) &&
      (!filter.subject || [filter.subject].flat().includes(row.subject)) &&
      (!filter.state || filter.state === row.state),
  )
  if (sort === 'credits') found.sort((a, b) => (a.credits - b.credits) * (desc ? -1 : 1))
  const from = Number(cursor ?? 0)
  const next = from + limit
  return { rows: found.slice(from, next), next: next < found.length ? String(next) : null, total: found.length }
}

export default function Desk() {
  const pick = useBilingual()
  const f = useFormat()
  const w = (zh: string, en: string) => pick({ 'zh-CN': zh, en })
  const columns: Column<SamplePerson>[] = [
    {
      key: 'name',
      title: w('姓名', 'Name'),
      cell: (row) => <PersonLink id={row.id} name={row.name} number={row.number} />,
      sort: true,
    },
    { key: 'school', title: w('学校', 'School'), cell: (row) => row.school },
    { key: 'subject', title: w('学科', 'Subject'), cell: (row) => row.subject },
    {
      key: 'since',
      title: w('入职', 'Since'),
      cell: (row) => <span className="q-num">{f.isoDate(row.since)}</span>,
      card: 'none',
    },
    { key: 'hours', title: w('学时', 'Hours'), cell: (row) => f.number(row.hours, 2), figures: true },
    {
      key: 'credits',
      title: w('学分', 'Credits'),
      cell: (row) => f.number(row.credits),
      figures: true,
      sort: true,
      clause: creditClause,
    },
    {
      key: 'state',
      title: w('状态', 'State'),
      cell: (row) => <StatusTag tone={sampleStates[row.state].tone}>{pick(sampleStates[row.state].label)}</StatusTag>,
      card: 'trailing',
    },
  ]
  const rates = ['实验小学', '黔江中学', '民族中学', '濯水镇中心小学校', '人民小学', '新华中学', '城东幼儿园']
  return (
    <div className="q-stack">
      <Columns min={420}>
        <Card>
          <Chart
            title={w('各校参训率', 'Participation by school')}
            kind="rows"
            height={260}
            data={{
              label: w('学校', 'School'),
              measures: [{ key: 'rate', label: w('参训率', 'Participation'), unit: '%', digits: 1 }],
              rows: rates.map((name, at) => ({ key: name, name, values: [98.6 - at * 4.3] })),
              percent: true,
              target: { value: 90, label: w('目标 90%', 'Target 90%') },
            }}
            onPick={(row) => say(row.name, 'plain')}
          />
        </Card>
        <Card>
          <Chart
            title={w('学分构成', 'Credits by kind')}
            kind="stack"
            height={260}
            data={{
              label: w('学校', 'School'),
              measures: [
                w('区级以上', 'District and above'),
                w('校本', 'School-based'),
                w('网络', 'Online'),
                w('其他', 'Other'),
              ].map((label, at) => ({ key: String(at), label })),
              rows: rates.map((name, at) => ({
                key: name,
                name,
                values: [340 - at * 20, 210 + at * 12, 120, 30 + at * 6],
              })),
            }}
          />
        </Card>
        <Card>
          <Chart
            title={w('各月签到人次', 'Check-ins by month')}
            kind="line"
            height={220}
            data={{
              label: w('月份', 'Month'),
              measures: [
                { key: 'y23', label: '2023' },
                { key: 'y22', label: '2022' },
              ],
              rows: [3, 4, 5, 6, 7, 9, 10, 11].map((month) => ({
                key: String(month),
                name: w(`${month}月`, `${month}`),
                values: [820 + month * 60, 700 + (month % 4) * 90],
              })),
            }}
          />
        </Card>
        <Card title={w('签到码', 'Check-in code')}>
          <Qr text="https://qiangshi.example/c/0199a1c277e0" label={w('签到二维码', 'Check-in QR code')} size={200} />
        </Card>
      </Columns>
      <DataTable
        caption={w('参训教师', 'Participants')}
        queryKey={['gallery', 'people']}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        rowLink={(row) => ({ to: '/ui', search: { part: 'desk', row: row.id } })}
        load={load}
        filters={[
          {
            key: 'q',
            label: w('姓名或工号', 'Name or number'),
            kind: 'text',
            placeholder: w('姓名、拼音首字母或工号', 'Name, initials or number'),
          },
          {
            key: 'subject',
            label: w('学科', 'Subject'),
            kind: 'choice',
            multiple: true,
            choices: ['语文', '数学', '英语', '物理'].map((value) => ({ value, label: value })),
          },
          {
            key: 'state',
            label: w('状态', 'State'),
            kind: 'choice',
            choices: Object.entries(sampleStates).map(([value, { label }]) => ({ value, label: pick(label) })),
          },
        ]}
        size={20}
        bulk={[
          {
            key: 'confirm',
            label: w('确认名单', 'Confirm'),
            icon: 'check',
            run: (keys) => say(`${keys.length}`) === undefined,
          },
          { key: 'return', label: w('退回', 'Return'), danger: true, run: () => true },
        ]}
        onExport={async () => say(w('已导出', 'Exported'))}
        totals={{ name: w('合计', 'Total'), hours: f.number('12450.50', 2), credits: f.number(4268) }}
      />
    </div>
  )
}
