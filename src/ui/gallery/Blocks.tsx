/** Buttons, states, figures, notices, dialogs: the small blocks. */
import { useState } from 'react'
import { Button, IconButton } from '../Button.tsx'
import { Card, Columns, Facts } from '../Card.tsx'
import { Clause } from '../Clause.tsx'
import { ConfirmWithReason } from '../ConfirmWithReason.tsx'
import { Sheet } from '../Dialog.tsx'
import { CheckField, SelectField, TextField } from '../Field.tsx'
import { Figure } from '../Figure.tsx'
import { Icon, type IconName } from '../Icon.tsx'
import { useBilingual, useFormat } from '../i18n.tsx'
import { iconPaths } from '../icon-paths.ts'
import { type Job, JobProgress } from '../JobProgress.tsx'
import { Meter } from '../Meter.tsx'
import { Empty, Failure, Notice } from '../Notice.tsx'
import { Skeleton } from '../Skeleton.tsx'
import { Stat, Stats } from '../Stat.tsx'
import { StatusTag, Tag, type Tone } from '../Tag.tsx'
import { Stepper, Timeline } from '../Timeline.tsx'
import { say } from '../toast.ts'
import { colour } from '../tokens.ts'
import { creditClause, planClause } from './sample.ts'

const tones: [Tone, string, string][] = [
  ['plain', '草稿', 'Draft'],
  ['act', '可报名', 'Open'],
  ['wait', '待审核', 'Awaiting review'],
  ['done', '已通过', 'Passed'],
  ['alert', '逾期', 'Overdue'],
  ['sealed', '已封存', 'Sealed'],
  ['off', '已撤回', 'Withdrawn'],
]
const refused = Object.assign(new Error(), {
  data: { kind: 'refused', code: 'refused', reasons: [{ code: 'conflict' }, { code: 'not_found' }] },
})
const broken = Object.assign(new Error(), { data: { kind: 'fault', code: 'fault', id: '0199a1c2-77e0' } })

export default function Blocks() {
  const pick = useBilingual()
  const f = useFormat()
  const w = (zh: string, en: string) => pick({ 'zh-CN': zh, en })
  const [dialog, setDialog] = useState<'none' | 'confirm' | 'sheet'>('none')
  const [job, setJob] = useState<Job>({ state: 'running', done: 38_412, total: 100_000 })
  const [text, setText] = useState('')
  const [stage, setStage] = useState('')
  const [checked, setChecked] = useState(true)
  return (
    <div className="q-stack">
      <Card title={w('按钮', 'Buttons')}>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
          <Button look="primary">{w('发布年度计划', 'Publish the plan')}</Button>
          <Button icon="download">{w('导出', 'Export')}</Button>
          <Button look="quiet">{w('清除条件', 'Clear')}</Button>
          <Button look="danger" onClick={() => setDialog('confirm')}>
            {w('退回名额…', 'Return places…')}
          </Button>
          <Button look="primary" busy>
            {w('正在提交', 'Sending')}
          </Button>
          <Button disabled>{w('不可用', 'Disabled')}</Button>
          <Button onClick={() => setDialog('sheet')}>{w('打开侧页', 'Open a sheet')}</Button>
          <Button onClick={() => say(w('已推荐 12 人', '12 people proposed'))}>{w('提示', 'Toast')}</Button>
          <Button onClick={() => say(w('名额已满：初中数学班尚余 0 个名额', 'No places left in Mathematics'), 'alert')}>
            {w('失败提示', 'Failing toast')}
          </Button>
          <IconButton icon="refresh" label={w('刷新', 'Refresh')} />
        </div>
      </Card>
      <Card title={w('状态', 'States')}>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
          {tones.map(([tone, zh, en]) => (
            <StatusTag key={tone} tone={tone}>
              {w(zh, en)}
            </StatusTag>
          ))}
          <Tag>{w('高中语文', 'Senior Chinese')}</Tag>
          <Tag>{w('班主任', 'Class teacher')}</Tag>
        </div>
      </Card>
      <Stats>
        <Stat
          label={w('计划名额', 'Places')}
          value={f.number(3060)}
          unit={w('个', '')}
          explain={<Clause clause={planClause} label={w('计划名额', 'Places')} />}
        />
        <Stat
          label={w('已确认', 'Confirmed')}
          value={f.number(2874)}
          unit={w('人', '')}
          note={w('占 93.9%', '93.9%')}
          go={{ to: '/ui' }}
        />
        <Stat
          label={w('参训率', 'Participation')}
          value={f.percent(0.967)}
          note={w('较上年 +1.2 个百分点', '+1.2 points on last year')}
        />
        <Stat
          label={w('逾期未报', 'Overdue')}
          value={f.number(6)}
          unit={w('所学校', 'schools')}
          tone="alert"
          note={w('3月20日截止', 'due 20 March')}
        />
      </Stats>
      <Columns min={340}>
        <Card title={w('学分进展', 'Credits')}>
          <div className="q-stack">
            <Meter
              label={w('周期学分', 'Credits of the period')}
              value={76}
              max={120}
              text={w('76 / 120 学分', '76 / 120 credits')}
              parts={[
                { label: w('区级以上', 'District and above'), value: 34 },
                { label: w('校本研修', 'School-based'), value: 30 },
                { label: w('网络研修', 'Online'), value: 12 },
              ]}
              mark={{ value: 84, label: w('本年末应达 84', '84 due this year') }}
            />
            <Meter label={w('必修内容', 'Compulsory parts')} value={8} max={8} text={w('8 / 8 学时', '8 / 8 hours')} />
            <p>
              {w('本年应得 ', 'Due this year: ')}
              <Figure
                value="24.00"
                unit={w('学分', 'credits')}
                clause={creditClause}
                label={w('本年应得', 'Due this year')}
              />
              {w('，经费 ', ', budget ')}
              <span className="q-num">{f.money(123_456_750)}</span>
            </p>
          </div>
        </Card>
        <Card title={w('基本信息', 'Facts')} tone="alert">
          <Facts
            columns={1}
            items={[
              { label: w('姓名', 'Name'), value: '欧阳𠮷祥' },
              { label: w('入职日期', 'Since'), value: f.longDate('2012-09-01') },
              { label: w('任职期间', 'Period'), value: f.dateRange('2023-03-01', '2023-07-15') },
              { label: w('备注', 'Note'), value: null },
            ]}
          />
        </Card>
      </Columns>
      <Card title={w('办理进程', 'Stages')}>
        <Stepper
          label={w('办理进程', 'Stages')}
          steps={[
            { key: 'a', label: w('学校推荐', 'School proposes'), note: w('3月8日', '8 Mar'), state: 'done' },
            { key: 'b', label: w('本人确认', 'Person agrees'), note: w('3月10日', '10 Mar'), state: 'done' },
            { key: 'c', label: w('区级审核', 'District reviews'), note: w('待办', 'now'), state: 'now' },
            { key: 'd', label: w('公布名单', 'List published'), state: 'later' },
          ]}
        />
      </Card>
      <Columns min={340}>
        <Card title={w('经过', 'History')}>
          <Timeline
            label={w('经过', 'History')}
            items={[
              { key: '1', when: f.date('2023-12-20'), title: w('年度学分审核封存', 'Credits sealed'), tone: 'sealed' },
              {
                key: '2',
                when: f.date('2023-11-02'),
                title: w('对一条学分提出异议', 'Objected to an entry'),
                detail: w('缺 4 学时，附签到照片', '4 hours missing'),
                tone: 'alert',
              },
              {
                key: '3',
                when: f.date('2023-05-12'),
                title: w('完成初中数学提升班', 'Completed Mathematics'),
                detail: w('40 学时 · 4 学分', '40 hours · 4 credits'),
                tone: 'done',
              },
              { key: '4', when: f.date('2023-03-10'), title: w('接受学校推荐', 'Agreed to the proposal') },
            ]}
          />
        </Card>
        <div className="q-stack">
          <Notice title={w('推荐 3 月 20 日截止', 'Proposals close on 20 March')}>
            {w('尚余 7 个名额未推荐。', '7 places are left.')}
          </Notice>
          <Notice tone="wait" title={w('待区级确认', 'Awaiting the district')} />
          <Notice tone="done" title={w('名单已公布', 'The list is published')} />
          <Failure error={refused} onRetry={() => undefined} />
          <Failure error={broken} />
        </div>
      </Columns>
      <Card title={w('后台任务', 'Jobs')}>
        <JobProgress
          title={w('导入花名册', 'Importing the roster')}
          job={job}
          onCancel={() => setJob({ ...job, state: 'cancelled' })}
        />
      </Card>
      <Columns min={340}>
        <Card title={w('填写', 'Fields')}>
          <div className="q-stack">
            <TextField
              label={w('工号', 'Number')}
              value={text}
              onChange={setText}
              placeholder="QJ20130037"
              hint={w('八位数字，前缀 QJ', 'QJ and eight digits')}
            />
            <TextField
              label={w('联系电话', 'Phone')}
              value="1380013"
              onChange={() => undefined}
              error={w('手机号应为 11 位', 'A mobile number has 11 digits')}
            />
            <SelectField
              label={w('学段', 'Stage')}
              required={false}
              value={stage}
              onChange={setStage}
              placeholder={w('请选择', 'Choose')}
              choices={[
                { value: 'k', label: w('幼儿园', 'Kindergarten') },
                { value: 'p', label: w('小学', 'Primary') },
              ]}
            />
            <CheckField label={w('仅看本校', 'Only my school')} checked={checked} onChange={setChecked} />
          </div>
        </Card>
        <Card title={w('空与载入', 'Empty and loading')}>
          <Empty
            icon="training"
            title={w('本学期还没有培训', 'No training this term')}
            hint={w(
              '学校推荐后会显示在这里，您也可以自主报名开放班次。',
              'It appears here once your school proposes you.',
            )}
            act={<Button look="primary">{w('看开放班次', 'See open classes')}</Button>}
          />
          <Skeleton lines={3} />
        </Card>
      </Columns>
      <Card title={w('颜色与图标', 'Colours and icons')}>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 4 }}>
          {Object.entries(colour).map(([name, value]) => (
            <span
              key={name}
              title={name}
              style={{ width: 36, height: 36, background: value, border: '1px solid #ddd' }}
            />
          ))}
        </div>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, marginTop: 16 }}>
          {(Object.keys(iconPaths) as IconName[]).map((name) => (
            <span key={name} title={name}>
              <Icon name={name} size={24} />
            </span>
          ))}
        </div>
      </Card>
      <ConfirmWithReason
        open={dialog === 'confirm'}
        title={w('退回 3 个名额', 'Return 3 places')}
        confirm={w('退回名额', 'Return the places')}
        danger
        onClose={() => setDialog('none')}
        onConfirm={() => setDialog('none')}
      >
        <p>
          {w('初中数学提升班：12 个名额减为 9 个，退回的名额由区级另行分配。', 'Mathematics: from 12 to 9 places.')}
        </p>
      </ConfirmWithReason>
      <Sheet open={dialog === 'sheet'} title={w('名额说明', 'How places are shared')} onClose={() => setDialog('none')}>
        <p>
          {w(
            '按各校符合条件的专任教师人数，用最大余数法分配。',
            'By the largest remainder over the eligible headcount.',
          )}
        </p>
      </Sheet>
    </div>
  )
}
