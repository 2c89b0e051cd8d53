/** Every building block on one page, in use, to be looked at in both languages, on a phone and on paper. */
import { lazy } from 'react'
import { one, useAddress } from './address.ts'
import { Boundary } from './Boundary.tsx'
import { useBilingual } from './i18n.tsx'
import { PageHead } from './PageHead.tsx'
import { Tabs } from './Tabs.tsx'

const Blocks = lazy(() => import('./gallery/Blocks.tsx'))
const Phone = lazy(() => import('./gallery/Phone.tsx'))
const Desk = lazy(() => import('./gallery/Desk.tsx'))
const Forms = lazy(() => import('./gallery/Forms.tsx'))

export default function Gallery() {
  const pick = useBilingual()
  const [search, change] = useAddress()
  const items = [
    { key: 'blocks', label: pick({ 'zh-CN': '基本组件', en: 'Blocks' }), content: <Blocks /> },
    { key: 'phone', label: pick({ 'zh-CN': '教师首页', en: 'Teacher’s home' }), content: <Phone /> },
    { key: 'desk', label: pick({ 'zh-CN': '列表与图表', en: 'Lists and charts' }), content: <Desk /> },
    { key: 'forms', label: pick({ 'zh-CN': '表单与导入', en: 'Forms and imports' }), content: <Forms /> },
  ].map((item) => ({ ...item, content: <Boundary height={400}>{item.content}</Boundary> }))
  return (
    <>
      <PageHead
        title={pick({ 'zh-CN': '界面组件', en: 'Building blocks' })}
        subtitle={pick({
          'zh-CN': '纸白为底，墨色为文；青色表示可以办理，朱色只用于需要注意或已经用印的事项。',
          en: 'Paper ground, ink text; green-blue for what can be done, vermilion only for what needs attention or is sealed.',
        })}
      />
      <Tabs
        label={pick({ 'zh-CN': '分类', en: 'Kinds' })}
        items={items}
        value={one(search.part)}
        onChange={(part) => change({ part }, { replace: true })}
      />
    </>
  )
}
