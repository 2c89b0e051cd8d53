/** Keeping what is typed: in order, never two at once, and nothing over what was written elsewhere. */
import { expect, it } from 'vitest'
import { keeper, type Save, type Saving } from './saving.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A server in small: a revision that must be named, one answer after the other. */
function server(trouble: (nth: number) => unknown = () => null) {
  const kept: { revision: number; plan: unknown }[] = []
  let [revision, calls, at] = [1, 0, 0]
  const save: Save = async ({ revision: named, answers }) => {
    at += 1
    if (at > 1) throw new Error('two at once')
    await pause(5)
    at -= 1
    const failure = trouble(++calls)
    if (failure) throw failure
    if (named !== revision) throw { data: { kind: 'conflict', code: 'cases.changed_since' } }
    revision += 1
    kept.push({ revision, plan: answers.plan })
    return { revision, savedAt: '2023-03-01T02:32:00Z' }
  }
  return { kept, save }
}

it('sends the latest words and waits for each answer', async () => {
  const { kept, save } = server()
  const told: Saving[] = []
  const keeping = keeper(save, 'a', 1, (saving) => told.push(saving))
  for (const plan of ['一', '二', '三']) keeping.keep({ plan })
  expect(await keeping.settled()).toBe(3)
  expect(kept.map(({ plan }) => plan)).toEqual(['一', '三'])
  expect(told.at(-1)).toEqual({ state: 'saved', at: '2023-03-01T02:32:00Z' })
})

it('tries again by itself while the line is down', async () => {
  const { kept, save } = server((nth) => (nth === 1 ? new TypeError('Failed to fetch') : null))
  const told: Saving['state'][] = []
  const keeping = keeper(save, 'a', 1, ({ state }) => told.push(state), 10)
  keeping.keep({ plan: '一' })
  await pause(60)
  expect(told).toEqual(['saving', 'waiting', 'saving', 'saved'])
  expect(kept.map(({ plan }) => plan)).toEqual(['一'])
})

it('stops where it was written elsewhere', async () => {
  const { kept, save } = server()
  const told: Saving['state'][] = []
  const keeping = keeper(save, 'a', 7, ({ state }) => told.push(state))
  keeping.keep({ plan: '一' })
  await keeping.settled()
  keeping.keep({ plan: '二' })
  await keeping.settled()
  expect(kept).toEqual([])
  expect(told).toEqual(['saving', 'stopped'])
})
