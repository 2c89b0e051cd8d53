/** The tree as nested lists: children are asked for when a branch is opened. */
import { useState } from 'react'
import { Icon } from '../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Failure } from '../../../ui/Notice.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { type Organisation, useChildren } from './directory.ts'
import { inOrder } from './org-order.ts'

type Choosing = { chosen: string | undefined; onChoose: (id: string) => void }

export function OrgTree({ roots, ...choosing }: Choosing & { roots: readonly Organisation[] }) {
  const t = useWords('directory')
  const f = useFormat()
  return (
    <nav aria-label={t('tree')}>
      <ul className="dir-branch">
        {inOrder(roots, f.compareNames).map((org) => (
          <Branch key={org.id} org={org} depth={0} begun={roots.length === 1} {...choosing} />
        ))}
      </ul>
    </nav>
  )
}

function Branch({
  org,
  depth,
  begun,
  chosen,
  onChoose,
}: Choosing & { org: Organisation; depth: number; begun: boolean }) {
  const t = useWords('directory')
  const f = useFormat()
  const [open, setOpen] = useState(begun)
  const children = useChildren(org.id, open && org.children > 0)
  const name = f.locale === 'en' ? (org.nameEn ?? org.shortName) : org.shortName
  return (
    <li>
      <div className="dir-node" style={{ paddingInlineStart: depth * 18 }}>
        {org.children > 0 ? (
          <button
            type="button"
            className="dir-fold"
            aria-expanded={open}
            aria-label={t(open ? 'fold' : 'unfold', { name })}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'chevron-down' : 'chevron-right'} size={14} />
          </button>
        ) : (
          <span className="dir-fold" />
        )}
        <button
          type="button"
          className="dir-name"
          aria-current={chosen === org.id ? 'true' : undefined}
          onClick={() => onChoose(org.id)}
        >
          <span className={org.closedOn ? 'q-quiet' : undefined}>{name}</span>
          <span className="dir-people q-num">
            {f.number(org.people)}
            <span className="q-hidden"> {t('people_unit')}</span>
          </span>
        </button>
      </div>
      {open && org.children > 0 && (
        <ul className="dir-branch">
          {children.error ? (
            <li>
              <Failure error={children.error} onRetry={() => void children.refetch()} />
            </li>
          ) : children.data ? (
            inOrder(children.data, f.compareNames).map((child) => (
              <Branch
                key={child.id}
                org={child}
                depth={depth + 1}
                begun={begun && children.data.length === 1}
                chosen={chosen}
                onChoose={onChoose}
              />
            ))
          ) : (
            <li>
              <Skeleton lines={3} />
            </li>
          )}
        </ul>
      )}
    </li>
  )
}
