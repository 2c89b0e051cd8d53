/** Whom to ask for a fact that is unknown, and who answers for it. */

export const SCHOOL = { zh: '所在学校的人事经办人', en: 'the clerk of the school' }
export const OFFICE = { zh: '区县教育行政部门人事科', en: 'the staff office of the education commission' }
export const CERTIFIER = { zh: '区县教师资格认定机构', en: 'the office that gives teacher certificates' }
export const ETHICS = { zh: '区县教育行政部门师德师风工作机构', en: 'the ethics office of the education commission' }

/** Who answers an objection to what the district holds. */
export const AT_DISTRICT = { role: 'commission', at: 'district' } as const
