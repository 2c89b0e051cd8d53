/** A part of a set that folds: what it is called, what is wrong in it, its order among its like; its fields while it stands open. */
import { type ReactNode, useId } from 'react'
import { IconButton } from '../../../../ui/Button.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useEditing, useTold } from './editing.ts'

type Order = { nth: number; of: number; move: (by: -1 | 1) => void }

export function Fold({
  partKey,
  at,
  title,
  kind,
  detail,
  order,
  children,
}: {
  partKey: string
  /** Its place in the set. */
  at: string
  title: string
  /** What sort of part it is, said before its title. */
  kind?: string
  /** Shown while it is closed. */
  detail?: ReactNode
  order: Order
  children: ReactNode
}) {
  const t = useWords('policy')
  const { open, setOpen } = useEditing()
  const { wrong, missing } = useTold(at)
  const body = useId()
  const stands = open.has(partKey)
  const { nth, of, move } = order
  return (
    <section className="pol-fold" data-at={at} data-open={stands || undefined}>
      <div className="pol-fold-head">
        <button
          type="button"
          className="pol-fold-toggle"
          aria-expanded={stands}
          aria-controls={body}
          onClick={() => setOpen(partKey, !stands)}
        >
          <Icon name="chevron-right" size={16} />
          <span>
            {kind && <span className="q-quiet">{kind} </span>}
            <b>{title}</b>
            {wrong > 0 ? (
              <StatusTag tone="alert">{t('author.has_wrong', { n: wrong })}</StatusTag>
            ) : missing > 0 ? (
              <StatusTag tone="wait">{t('author.has_missing', { n: missing })}</StatusTag>
            ) : null}
            {!stands && detail}
          </span>
        </button>
        {of > 1 && (
          <span className="pol-fold-order">
            <span className="pol-up">
              <IconButton
                small
                icon="chevron-down"
                label={t('author.move_up', { what: title })}
                aria-disabled={nth === 0 || undefined}
                onClick={() => move(-1)}
              />
            </span>
            <IconButton
              small
              icon="chevron-down"
              label={t('author.move_down', { what: title })}
              aria-disabled={nth === of - 1 || undefined}
              onClick={() => move(1)}
            />
          </span>
        )}
      </div>
      <div id={body} className="pol-fold-body" hidden={!stands}>
        {stands && children}
      </div>
    </section>
  )
}
