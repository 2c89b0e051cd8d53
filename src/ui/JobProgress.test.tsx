import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { type Job, JobProgress } from './JobProgress.tsx'

const saidOf = (job: Job) =>
  /role="status">([^<]*)</.exec(renderToStaticMarkup(<JobProgress title="导入名册" job={job} />))?.[1]

test('progress is spoken in words: the state, every quarter, the end, and nothing between', () => {
  const running = (done: number) => saidOf({ state: 'running', done, total: 1000 })
  expect(saidOf({ state: 'queued', done: 0, total: null })).toBe('导入名册：排队中')
  expect(saidOf({ state: 'running', done: 12, total: null })).toBe('导入名册：进行中')
  expect([running(0), running(249), running(250), running(999)]).toEqual([
    '导入名册：已完成 0%',
    '导入名册：已完成 0%',
    '导入名册：已完成 25%',
    '导入名册：已完成 75%',
  ])
  expect(saidOf({ state: 'done', done: 1000, total: 1000 })).toBe('导入名册：已完成')
})
