import { expect, test } from 'vitest'
import { boldOf, textOf } from '../../../test/harness/pdf-text.ts'
import {
  type Certificate,
  type Circular,
  renderCertificate,
  renderCircular,
  renderStatement,
  type Statement,
} from './papers.ts'
import { renderDocument, renderPdf } from './render.ts'

const AT = '2023-12-20T02:00:00Z'
const verify = { page: 'https://qs.example.cn/verify', code: '7K3QX-9D2MA-V0TZH-4WBEC' }
const certificate: Certificate = {
  locale: 'zh-CN',
  title: '培训结业证书',
  titleOther: 'Certificate of Completion',
  name: '张子涵',
  idMasked: '510***********1234',
  paragraphs: ['于2023年3月6日至10日参加新教师岗前集中培训，完成全部40学时，考核合格，准予结业。', '特发此证。'],
  issuer: '某某区教育委员会',
  date: '2023-12-20',
  number: '教训证〔2023〕18号',
  verify,
}
const circular: Circular = {
  locale: 'zh-CN',
  head: '某某区教育委员会文件',
  issuer: '某某区教育委员会',
  number: '教发〔2023〕118号',
  title: '某某区教育委员会关于2023年度\n教师培训工作情况的通报',
  to: '各中小学、幼儿园：',
  date: '2023-12-20',
  blocks: [
    { kind: 'heading', text: '总体情况' },
    { kind: 'paragraph', text: '全年计划培训3060人次。' },
    { kind: 'heading', text: '各校情况' },
    { kind: 'heading', level: 2, text: '送培' },
    { kind: 'numbered', items: ['送培率达到100%。', '参训率低于90%。'] },
    { kind: 'heading', level: 2, text: '结果' },
    {
      kind: 'table',
      caption: '各校结果',
      columns: [
        { title: '学校', weight: 1 },
        { title: '参训率', align: 'right' },
      ],
      rows: Array.from({ length: 80 }, (_, i) => ({ cells: [`第${i + 1}小学校`, `${i}.5%`], marked: i === 6 })),
      total: ['合计', 3060],
    },
  ],
  copies: '市教育委员会。',
  printed: { by: '某某区教育委员会办公室', on: '2023-12-21' },
}
const statement: Statement = {
  locale: 'zh-CN',
  title: '教师培训学分证明',
  issuer: '某某区教育委员会',
  number: '教学分〔2023〕205号',
  date: '2023-12-20',
  facts: [{ label: '姓名', value: '张子涵' }],
  sections: [
    {
      title: '区级培训',
      columns: [{ title: '项目' }, { title: '学分' }],
      rows: [{ cells: ['师德师风', '8.0'] }],
      total: ['小计', '8.0'],
    },
    { title: '远程培训', columns: [{ title: '项目' }], rows: [] },
  ],
  totals: [{ label: '学分合计', value: '8.0', unit: '分' }],
  verify,
}

/** Every text an attacker or a careless clerk could type: each must come out on paper as it went in. */
const TRICKS = [
  '#panic("x")',
  '#{panic()}',
  '*粗*_斜_',
  '\\',
  '\\u{41}',
  '"',
  '\\"))',
  "'",
  '$x$',
  '@ref',
  '<label>',
  '`code`',
  '//注',
  '/*c*/',
  '[]{}',
  '=标题',
  '--',
  '~',
  '{page}',
  '%s',
  '</svg>',
  '&amp;',
]

test.each(TRICKS)('%s in a name is printed as it is', async (trick) => {
  const { pdf } = await renderCertificate({ ...certificate, name: trick, paragraphs: [`甲${trick}乙`] }, AT)
  const [text] = textOf(pdf)
  expect(text).toContain(`${trick}身份证件号码`)
  expect(text).toContain(`甲${trick}乙`)
})

test('control characters, half a surrogate pair and line breaks in a name do no harm', async () => {
  const { pdf } = await renderCertificate({ ...certificate, name: '张\u0000\u2028\ud842三\n四' }, AT)
  expect(textOf(pdf)[0]).toContain('四身份证件号码')
})

test('rare names have their glyphs', async () => {
  const { pdf, missing } = await renderCertificate({ ...certificate, name: '䶮𠮷㛃𬭚', paragraphs: ['𠮷野䶮'] }, AT)
  expect(missing).toEqual([])
  expect(textOf(pdf)[0]).toContain('䶮𠮷㛃𬭚')
})

test('a character without a glyph is named and does not stop the paper', async () => {
  const { pdf, missing, pages } = await renderCertificate(
    { ...certificate, name: '张\ue123', paragraphs: ['李\u{f0000}\ue123'] },
    AT,
  )
  expect(missing).toEqual(['\ue123', '\u{f0000}'])
  expect(pages).toBe(1)
  expect(textOf(pdf)[0]).toContain('培训结业证书')
})

test('a certificate says all it has to on one landscape page of archival quality', async () => {
  const { pdf, pages, missing } = await renderCertificate({ ...certificate, issuerOther: 'District Commission' }, AT)
  expect([pages, missing, textOf(pdf).length]).toEqual([1, [], 1])
  const raw = pdf.toString('latin1')
  expect(raw.slice(0, 8)).toBe('%PDF-1.7')
  expect(raw).toContain('/MediaBox [0 0 841.8898 595.2756]')
  expect(raw).toMatch(/pdfaid:part>2</)
  const [text] = textOf(pdf)
  for (const part of [
    '培训结业证书',
    'Certificate of Completion',
    '张子涵',
    '510***********1234',
    '考核合格',
    '教训证〔2023〕18号',
    '扫码查验',
    'Scan to verify',
    'qs.example.cn/verify',
    verify.code,
    '二〇二三年十二月二十日',
    '20 December 2023',
    'District Commission',
  ])
    expect(text).toContain(part)
})

test('a certificate stays on one page with a long name and a long text', async () => {
  const { pages, pdf } = await renderCertificate(
    { ...certificate, name: '阿卜杜热合曼·买买提依明·吐尔逊江', paragraphs: [certificate.paragraphs[0]!.repeat(9)] },
    AT,
  )
  expect(pages).toBe(1)
  expect(textOf(pdf)[0]).toContain('阿卜杜热合曼·买买提依明·吐尔逊江')
})

test('an English certificate speaks English first', async () => {
  const [text] = textOf((await renderCertificate({ ...certificate, locale: 'en', idMasked: null }, AT)).pdf)
  expect(text).toMatch(/Certificate no\. .*Scan to verify.*Code: .*20 December 2023.*二〇二三年十二月二十日/s)
  expect(text).not.toContain('ID number')
})

test('the QR code is drawn only where there is something to verify', async () => {
  const [withCode, without] = await Promise.all(
    [certificate, { ...certificate, verify: undefined }].map((c) => renderCertificate(c, AT)),
  )
  expect(textOf(without!.pdf)[0]).not.toContain('扫码查验')
  expect(textOf(without!.pdf)[0]).toContain('教训证〔2023〕18号')
  expect(withCode!.pdf.length).toBeGreaterThan(without!.pdf.length + 1000)
})

test('a circular numbers its headings and paragraphs, and repeats head and page count on every page', async () => {
  const { pdf, pages } = await renderCircular(circular, AT)
  const texts = textOf(pdf)
  expect(pages).toBe(texts.length)
  expect(pages).toBeGreaterThanOrEqual(4)
  expect(texts[0]).toMatch(
    /某某区教育委员会文件.*教发〔2023〕118号.*的通报各中小学、幼儿园：一、总体情况.*二、各校情况（一）送培1．.*2．.*（二）结果/s,
  )
  const withRows = texts.filter((text) => text.includes('小学校'))
  expect(withRows.length).toBeGreaterThanOrEqual(3)
  for (const text of withRows) expect(text).toContain('学校参训率')
  texts.forEach((text, i) => {
    expect(text).toContain(`第 ${i + 1} 页　共 ${pages} 页`)
  })
  const whole = texts.join('')
  for (let i = 1; i <= 80; i++) expect(whole).toContain(`第${i}小学校`)
  expect(whole).toContain('某某区教育委员会2023年12月20日')
  expect(texts.at(-1)).toMatch(/抄送：市教育委员会。.*2023年12月21日印发/s)
})

test('the marked row is set apart by weight, not by colour alone', async () => {
  const bold = (await renderCircular(circular, AT)).pdf
  const plain = (await renderCircular({ ...circular, blocks: circular.blocks.map(unmarked) }, AT)).pdf
  expect(boldOf(bold)).toContain('第7小学校6.5%')
  expect(boldOf(plain)).not.toContain('第7小学校')
})

test('a circular may be as bare as it gets', async () => {
  const { to: _to, copies: _copies, printed: _printed, ...bare } = circular
  expect((await renderCircular({ ...bare, blocks: [] }, AT)).pages).toBe(1)
})

test('a statement shows facts, sections, empty sections and totals', async () => {
  const { pdf, pages } = await renderStatement(statement, AT)
  const [text] = textOf(pdf)
  expect(pages).toBe(1)
  for (const part of [
    '姓名张子涵',
    '区级培训',
    '师德师风8.0',
    '小计8.0',
    '远程培训无记录',
    '8.0 分',
    '学分合计',
    verify.code,
    '2023年12月20日',
  ])
    expect(text).toContain(part)
  const english = textOf((await renderStatement({ ...statement, locale: 'en' }, AT)).pdf)[0]
  expect(english).toMatch(/No records.*Scan to verify.*20 December 2023.*Page 1 of 1/s)
})

test('the same data and instant give the same bytes; another instant does not', async () => {
  const [one, , two] = await Promise.all([AT, '2024-01-01T00:00:00Z', AT].map((at) => renderStatement(statement, at)))
  expect(two!.pdf.equals(one!.pdf)).toBe(true)
  expect(one!.pdf.toString('latin1')).toContain('2023-12-20T02:00:00')
  expect((await renderStatement(statement, '2024-01-01T00:00:00Z')).pdf.equals(one!.pdf)).toBe(false)
})

test('a template of one’s own stands on the shared letter, with pictures and codes beside it', async () => {
  const template =
    '#import "/letter.typ": *\n#show: paper.with(title: data.a)\n#data.a #image("/assets/q.svg") #read("/assets/n.txt")'
  const pdf = await renderPdf(
    template,
    { a: '#甲' },
    { at: AT, codes: { q: 'https://example.cn' }, assets: { 'n.txt': '乙' } },
  )
  expect(textOf(pdf)[0]).toContain('#甲')
  expect(textOf(pdf)[0]).toContain('乙')
  await expect(renderPdf('#read("/assets/n.txt")', {}, { at: AT })).rejects.toThrow(/not found/)
})

test.each([
  ['a template that is wrong', '#let x =', {}],
  ['a template that gives up', '#panic("no")', {}],
  ['data without a field', '#import "/letter.typ": data\n#data.name', { title: 'x' }],
  ['a file outside', '#read("/../../../../../../etc/passwd")', {}],
])('%s fails in words and leaves the thread at work', async (_, template, data) => {
  await expect(renderDocument(template, data, { at: AT })).rejects.toThrow(/^Typst: \S/)
  expect((await renderDocument('#set page(height: 2cm)\n甲#pagebreak()乙', {}, { at: AT })).pages).toBe(2)
})

test('names of assets and instants are checked', async () => {
  await expect(renderPdf('', {}, { at: AT, assets: { '../letter.typ': '' } })).rejects.toThrow(RangeError)
  await expect(renderPdf('', {}, { at: 'yesterday' })).rejects.toThrow(RangeError)
})

test('300 certificates take seconds of a processor, and the event loop goes on meanwhile', async () => {
  await renderCertificate(certificate, AT)
  const before = process.cpuUsage()
  let [ticks, longest, last] = [0, 0, performance.now()]
  const clock = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    ticks++
  }, 10)
  const made = await Promise.all(
    Array.from({ length: 300 }, (_, i) =>
      renderCertificate(
        { ...certificate, name: `张${String.fromCodePoint(0x4e00 + 37 * i)}`, number: `教训证〔2023〕${i}号` },
        AT,
      ),
    ),
  )
  clearInterval(clock)
  const { user, system } = process.cpuUsage(before)
  const each = (user + system) / 1000 / made.length
  console.info(`certificate: ${each.toFixed(1)} ms each; longest pause of the event loop ${longest.toFixed(0)} ms`)
  expect(new Set(made.map(({ pdf }) => pdf.toString('base64'))).size).toBe(300)
  expect(each).toBeLessThan(50)
  expect(ticks).toBeGreaterThan(20)
})

const unmarked = (block: Circular['blocks'][number]) =>
  block.kind === 'table' ? { ...block, rows: block.rows.map(({ cells }) => ({ cells })) } : block
