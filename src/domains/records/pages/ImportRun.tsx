/** A run of the import in the background: how far it is, how to call it off, and what became of it. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import type { deskContract } from '../../../platform/desk/contract.ts'
import { Answer } from '../../../ui/Answer.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { JobProgress } from '../../../ui/JobProgress.tsx'
import { Failure } from '../../../ui/Notice.tsx'
import type { Values } from '../../../ui/words.ts'

type Props = {
  runId: string
  title: string
  /** Called once, with the result of the run. */
  onDone: (result: unknown) => void
  /** The way on where it failed or was called off. */
  children: ReactNode
}

export function ImportRun({ runId, title, onDone, children }: Props) {
  const t = useWords('records')
  const desk = useClient<typeof deskContract>('desk')
  const run = useQuery({
    queryKey: ['desk', 'job', runId],
    queryFn: () => desk.job({ id: runId }),
    refetchInterval: ({ state }) => (state.data && !['queued', 'running'].includes(state.data.state) ? false : 700),
  })
  const cancel = useAct(desk.cancelJob, { refresh: [['desk', 'job', runId]] })
  const told = useRef<string>(undefined)
  const done = run.data?.state === 'done'
  useEffect(() => {
    if (!done || told.current === runId) return
    told.current = runId
    onDone(run.data?.result)
  }, [done, runId, run.data, onDone])
  return (
    <Answer of={run} height={96}>
      {({ state, done: rows, total, error, message }) => (
        <JobProgress
          title={title}
          job={{ state, done: rows, total, ...(message ? { message: t(message.code, message.data as Values) } : {}) }}
          onCancel={() => void cancel.run({ id: runId })}
        >
          {state !== 'done' && (
            <div className="q-stack">
              {error && <Failure error={{ kind: 'fault', code: error.code, data: error.data ?? {} }} />}
              <div>{children}</div>
            </div>
          )}
        </JobProgress>
      )}
    </Answer>
  )
}
