/** Every call of Chongqing's packs, and one that is only a text, in the browser. */
import { INVENTED } from '../harness/invented-call.ts'
import { takeThrough } from './calls.ts'

const office = 'commission-d'
takeThrough('qianjiang', {
  高级教师职称评审: { office, template: '高级教师职称评审' },
  第7批区级骨干教师对象遴选: { office, template: '第7批区级骨干教师对象遴选' },
  名师与班主任工作室评选: { office, template: '名师与班主任工作室评选' },
  'one that is only a text': { office: 'trainer-d', source: INVENTED, nth: 1 },
})
