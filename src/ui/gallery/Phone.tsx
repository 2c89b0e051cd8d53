/** A teacher's home as modules would fill it: what is next, what is asked, where I stand. */
import { Button } from '../Button.tsx'
import { Card } from '../Card.tsx'
import { Clause } from '../Clause.tsx'
import { useBilingual } from '../i18n.tsx'
import { DateLeaf, List, ListRow } from '../List.tsx'
import { Meter } from '../Meter.tsx'
import { StatusTag } from '../Tag.tsx'
import { creditClause } from './sample.ts'

export default function Phone() {
  const pick = useBilingual()
  const w = (zh: string, en: string) => pick({ 'zh-CN': zh, en })
  return (
    <div className="q-stack" style={{ maxWidth: 480 }}>
      <Card
        title={w('初中数学提升班 · 第 3 次', 'Mathematics · session 3')}
        extra={<StatusTag tone="act">{w('今天', 'Today')}</StatusTag>}
      >
        <div className="q-stack">
          <p>
            {w('14:00–17:30　黔江区教师进修学校 302 室', '14:00–17:30, room 302, Teacher Training School')}
            <br />
            <span className="q-quiet">
              {w('签到 13:40 开始，扫讲台屏幕上的二维码。', 'Check-in from 13:40: scan the code on the screen.')}
            </span>
          </p>
          <Button look="primary" icon="scan" wide>
            {w('扫码签到', 'Check in')}
          </Button>
        </div>
      </Card>
      <Card title={w('需要您办理', 'Asked of you')} flush>
        <List>
          <ListRow
            icon="hand"
            title={w('学校推荐您参加班主任心理健康教育培训', 'Your school proposes you for mental-health education')}
            meta={w('3月10日前答复', 'Answer by 10 March')}
            go={{ to: '/ui' }}
          />
          <ListRow
            icon="document"
            title={w('确认 2022 年度学分', 'Confirm the credits of 2022')}
            meta={w('3月31日前', 'By 31 March')}
            go={{ to: '/ui' }}
          />
        </List>
      </Card>
      <Card title={w('近期安排', 'Coming up')} flush>
        <List>
          <ListRow
            lead={<DateLeaf month={w('3月', 'Mar')} day={8} weekday={w('周三', 'Wed')} />}
            title={w('初中数学提升班 · 第 4 次', 'Mathematics · session 4')}
            meta={w('14:00　线上', '14:00, online')}
            go={{ to: '/ui' }}
          />
          <ListRow
            lead={<DateLeaf month={w('3月', 'Mar')} day={15} weekday={w('周三', 'Wed')} />}
            title={w('送教下乡：濯水镇中心小学校', 'On-site help in Zhuoshui')}
            meta={w('9:00　与“初中数学提升班”时间冲突', '9:00, clashes with Mathematics')}
            trailing={<StatusTag tone="alert">{w('冲突', 'Clash')}</StatusTag>}
            go={{ to: '/ui' }}
          />
        </List>
      </Card>
      <Card title={w('我的学分', 'My credits')} extra={<Clause clause={creditClause} />}>
        <Meter
          label={w('本周期（2021–2025）', 'This period (2021–2025)')}
          value={76}
          max={120}
          text={w('76 / 120 学分', '76 / 120 credits')}
          parts={[
            { label: w('区级以上', 'District and above'), value: 34 },
            { label: w('校本', 'School-based'), value: 42 },
          ]}
          mark={{ value: 72, label: w('按进度应达 72', '72 due by now') }}
        />
      </Card>
    </div>
  )
}
