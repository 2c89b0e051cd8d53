import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { assignReviews, checkAssignment, type ReviewsToAssign, solveModel, transportAmounts } from './index.ts'

const reviews = (papers: number, experts: number): ReviewsToAssign => ({
  papers: Array.from({ length: papers }, (_, nth) => ({ id: `p${nth}`, field: `f${nth % 7}`, needs: 3 })),
  experts: Array.from({ length: experts }, (_, nth) => ({
    id: `e${nth}`,
    fields: { [`f${nth % 7}`]: 3, [`f${(nth * 3) % 7}`]: 2 },
    most: papers,
  })),
  conflicts: Array.from({ length: papers }, (_, nth) => ({
    paper: `p${nth}`,
    expert: `e${nth % experts}`,
    why: 'same_school',
  })),
})
const small = reviews(20, 10)

describe('the solving thread', () => {
  it('answers with the proof, and the server goes on meanwhile', async () => {
    const question = reviews(400, 60)
    let turns = 0
    let over = false
    const answering = assignReviews(question).finally(() => {
      over = true
    })
    while (!over) {
      await turn()
      turns++
    }
    const answer = await answering
    if (answer.outcome === 'impossible') throw new Error('impossible')
    expect(checkAssignment(question, answer)).toEqual([])
    expect(answer).toMatchObject({ largestLoad: 20, smallestLoad: 20, gap: 0, solver: { name: 'network simplex' } })
    expect(turns).toBeGreaterThan(20)
  })

  it('takes questions of all kinds one after the other', async () => {
    const [first, amounts, model] = await Promise.all([
      assignReviews(small),
      transportAmounts({
        from: [{ id: 'a', amount: 1 }],
        to: [{ id: 'b', most: 1 }],
        ways: [{ from: 'a', to: 'b', cost: 7 }],
      }),
      solveModel({ sense: 'maximise', variables: [{ name: 'x', gain: 2, most: 3 }], constraints: [] }),
    ])
    expect(first).toMatchObject({ outcome: 'assigned' })
    expect(amounts).toMatchObject({ outcome: 'sent', cost: 7, milliseconds: expect.any(Number) })
    expect(model).toMatchObject({ outcome: 'best', objective: 6, bound: 6 })
  })

  it('is called off while it works and while it waits; the others get their answers', async () => {
    const [working, waiting] = [new AbortController(), new AbortController()]
    const called = assignReviews(reviews(3000, 200), { signal: working.signal })
    const queued = assignReviews(small, { signal: waiting.signal })
    const kept = assignReviews(small)
    waiting.abort(new Error('waiting'))
    await expect(queued).rejects.toThrow('waiting')
    working.abort(new Error('working'))
    await expect(called).rejects.toThrow('working')
    expect(await kept).toMatchObject({ outcome: 'assigned' })
    await expect(assignReviews(small, { signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early')
  })

  it('gives an error back as it was thrown and goes on', async () => {
    const wrong = { ...small, fixed: [{ paper: 'p0', expert: 'who' }] }
    await expect(assignReviews(wrong)).rejects.toThrow(RangeError)
    expect(await assignReviews(small)).toMatchObject({ outcome: 'assigned' })
  })
})
