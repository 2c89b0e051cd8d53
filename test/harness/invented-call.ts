/** A call that no pack has: nothing but a text. */
export const INVENTED = `
id: reading.star
title: { zh: 阅读推广之星遴选, en: Stars of reading }
clause: { document: 测试区阅读推广之星遴选办法 }
confidence: S
applicant: person
form:
  pages:
    - name: main
      title: { default: 申报内容, en: Application }
      elements:
        - { type: text, name: who, title: { default: 姓名, en: Name }, from: person.name, identifies: true }
        - { type: comment, name: what, title: { default: 阅读推广工作, en: Work }, isRequired: true, maxLength: 500 }
stages:
  - { id: both, title: { zh: 学校会签, en: School signs }, kind: check, by: [{ role: clerk, at: school }, { role: principal, at: school }], signs: all }
  - id: jury
    title: { zh: 专家评审, en: Review }
    kind: review
    by: { role: trainer, at: district }
    reviews: 2
    blind: both
    rubric: [{ id: merit, title: { zh: 成效, en: Merit }, most: 10 }]
  - id: vote
    title: { zh: 评委会, en: Panel }
    kind: panel
    by: { role: commission, at: district }
    seats: 5
    attendance: [2, 3]
    pass: [2, 3]
  - { id: notice, title: { zh: 公示, en: Notice }, kind: notice, by: { role: trainer, at: district }, days: 5, shows: [name, school], objections: { anonymous: true, answer: { role: trainer, at: district }, days: 5 } }
  - { id: file, title: { zh: 归档, en: Filing }, kind: file, by: { role: commission, at: district } }
result: { kind: reading.star, title: { zh: 阅读推广之星, en: Star of reading }, level: district, years: 2 }
`
