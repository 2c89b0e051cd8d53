/** The head of every page: what it is, what it is about, one primary act. Names the browser tab and takes the focus. */
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { takeArrival } from './arrival.ts'
import type { GoProps } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { useWords } from './i18n.tsx'
import './surfaces.css'

export function PageHead({
  title,
  subtitle,
  act,
  acts,
  back,
  tags,
  documentTitle = title,
}: {
  title: string
  subtitle?: ReactNode
  /** The one primary act of the page. */
  act?: ReactNode
  /** Further acts, plain. */
  acts?: ReactNode
  back?: Omit<GoProps, 'children'> & { label: string }
  /** State beside the title. */
  tags?: ReactNode
  /** Name of the browser tab where it differs from the heading. */
  documentTitle?: string
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const t = useWords('ui')
  useEffect(() => {
    if (takeArrival()) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <header className="q-page-head">
      <title>{`${documentTitle} · ${t('product')}`}</title>
      {back && <BackLink {...back} />}
      <div className="q-page-head-line">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
            {tags && (
              <>
                <span className="q-page-head-gap"> </span>
                <span className="q-page-head-tags">{tags}</span>
              </>
            )}
          </h1>
          {subtitle && <p className="q-page-head-subtitle">{subtitle}</p>}
        </div>
        {(act || acts) && (
          <div className="q-page-head-acts">
            {acts}
            {act}
          </div>
        )}
      </div>
    </header>
  )
}

const BackLink = ({ label, ...go }: Omit<GoProps, 'children'> & { label: string }) => (
  <Link {...(go as { to: string })} className="q-back">
    <Icon name="chevron-left" size={16} />
    {label}
  </Link>
)
