/** Pages that nobody meant to see: not found, not theirs, broken. Each says what happened and leads on. */
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { newId } from '../../base/ids.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { useWords } from '../../ui/i18n.tsx'
import { useSentence } from '../../ui/Notice.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { troubleOf } from '../../ui/trouble.ts'

export function NotFound() {
  const t = useWords('web')
  return (
    <>
      <PageHead title={t('not_found')} subtitle={t('not_found_hint')} />
      <ButtonLink look="primary" to="/" icon="home">
        {t('to_home')}
      </ButtonLink>
    </>
  )
}

/** A failure of a whole page, of the server or of the page itself: with a number to tell whoever helps. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const t = useWords('web')
  const router = useRouter()
  const trouble = troubleOf(error)
  const sentence = useSentence(error)
  const id = useMemo(() => trouble.id ?? newId(), [trouble.id])
  useEffect(() => {
    if (trouble.kind === 'fault') console.error(`fault ${id}`, error)
  }, [trouble.kind, id, error])
  if (trouble.kind === 'not_found') return <NotFound />
  const forbidden = trouble.kind === 'forbidden'
  const icon: IconName = 'refresh'
  const again = () => {
    reset()
    void router.invalidate()
  }
  return (
    <>
      <PageHead
        title={t(forbidden ? 'no_access' : 'broken')}
        subtitle={forbidden ? t('no_access_hint') : sentence?.text}
      />
      {sentence?.reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      <div className="q-stray-acts">
        {!forbidden && (
          <Button look="primary" icon={icon} onClick={again}>
            {t('retry')}
          </Button>
        )}
        <ButtonLink look={forbidden ? 'primary' : 'plain'} to="/" icon="home">
          {t('to_home')}
        </ButtonLink>
      </div>
      {trouble.kind === 'fault' && <p className="q-quiet">{t('error_id', { id })}</p>}
    </>
  )
}
