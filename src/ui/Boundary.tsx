/** Catches what breaks while a part of the page is drawn, so that the rest stays usable. */
import { Component, type ReactNode, Suspense } from 'react'
import { Failure } from './Notice.tsx'
import { Skeleton } from './Skeleton.tsx'

type Caught = { error: unknown }

export class Boundary extends Component<{ children: ReactNode; height?: number }, Caught> {
  override state: Caught = { error: null }

  static getDerivedStateFromError(error: unknown): Caught {
    return { error }
  }

  override render() {
    const { height } = this.props
    if (this.state.error) return <Failure error={this.state.error} onRetry={() => this.setState({ error: null })} />
    const wait = <Skeleton {...(height ? { height } : {})} />
    return <Suspense fallback={wait}>{this.props.children}</Suspense>
  }
}
