/** A form to be filled in. Light itself: what draws the questions is loaded when one is shown. */
import { lazy, Suspense, useMemo } from 'react'
import { useLocale } from '../locale.ts'
import { Skeleton } from '../Skeleton.tsx'
import type { FormProps } from './props.ts'

const Filling = lazy(() => import('./Filling.tsx'))

export function Form(props: FormProps) {
  const screen = useLocale()
  // A query that comes back with the same form must not empty what is being typed.
  const key = useMemo(() => JSON.stringify(props.definition), [props.definition])
  return (
    <Suspense fallback={<Skeleton lines={8} height={480} />}>
      <Filling key={key} {...props} locale={props.locale ?? screen} />
    </Suspense>
  )
}
