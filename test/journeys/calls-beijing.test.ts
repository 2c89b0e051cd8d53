/** Every call of Beijing's packs, in the browser. */
import { takeThrough } from './calls.ts'

const office = 'commission-c'
takeThrough('beijing', {
  市级学科教学带头人和骨干教师评选: { office, template: '市级学科教学带头人和骨干教师评选' },
  '北京市优秀教师、优秀教育工作者评选': { office, template: '北京市优秀教师、优秀教育工作者评选' },
  校本研修示范校评选: { office, template: '校本研修示范校评选' },
  案例征集: { office, template: '案例征集' },
})
