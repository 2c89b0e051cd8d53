/** Certificates: setting them one after the other, as they are asked for, against compiling an empty page. */
import { newVerifyCode, renderCertificate, renderDocument } from '../../src/platform/documents/index.ts'
import { type Benchmark, inTurn, type Result, secondsOf } from './measure.ts'

const PAGES = 300
const ROUNDS = 5
const AT = '2023-11-24T02:00:00Z'

/** As training issues them: every one with its own name, number and QR code. */
const certificate = (nth: number) =>
  renderCertificate(
    {
      locale: 'zh-CN',
      title: '培训结业证书',
      titleOther: 'Certificate of Completion',
      issuer: '黔江区教育委员会（演示）',
      number: `培训证〔2023〕${String(nth).padStart(5, '0')}号`,
      date: '2023-11-24',
      name: `测量${String.fromCodePoint(0x4e00 + nth)}`,
      idMasked: `500114********${String(nth % 10_000).padStart(4, '0')}`,
      paragraphs: [
        '黔江区城东小学校（演示）',
        `于2023年11月24日完成“义务教育阶段学科教师全员培训”，计${24 + (nth % 8)}学时，经考核合格，认定8.00学分，特发此证。`,
      ],
      verify: { page: 'http://127.0.0.1:3000/verify', code: newVerifyCode() },
    },
    AT,
  )

const empty = () => renderDocument('#set page(paper: "a4", flipped: true)\n', {}, { at: AT })

async function run(): Promise<Result> {
  let nth = 0
  let bytes = 0
  const product = () =>
    secondsOf(async () => {
      for (let i = 0; i < PAGES; i++) bytes = (await certificate(++nth)).pdf.length
    })
  const baseline = () =>
    secondsOf(async () => {
      for (let i = 0; i < PAGES; i++) await empty()
    })
  const { values, base } = await inTurn(
    ROUNDS,
    async () => PAGES / (await product()),
    async () => PAGES / (await baseline()),
    1,
  )
  return {
    comparisons: [
      {
        what: 'certificates with QR code, as archival PDF, one after the other in the document thread',
        unit: '/s',
        values,
        baseline: { what: 'an empty page by the same way', values: base },
        note: `${Math.round(bytes / 1024)} KB each`,
      },
    ],
    facts: { perRound: PAGES, rounds: ROUNDS },
  }
}

export const certificates: Benchmark = { name: 'certificates', what: 'certificates per second', run }
