/** One's own classes by what they ask for: an answer first, then those to attend, then the past. */
import { Answer } from '../../../../ui/Answer.tsx'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { useNow } from '../office/now.ts'
import { type Groups, grouped } from './agenda.ts'
import { MyClassCard } from './MyClassCard.tsx'
import './my.css'
import { useMine } from './training.ts'

const ORDER: readonly (keyof Groups)[] = ['answer', 'current', 'ended']

export function OwnClasses() {
  const t = useWords('training')
  const mine = useMine()
  const now = useNow(15_000).getTime()
  return (
    <Answer of={mine} height={320}>
      {(classes) => {
        if (classes.length === 0)
          return (
            <Empty
              icon="training"
              title={t('my.own.none')}
              hint={t('my.own.none_hint')}
              act={<ButtonLink {...{ to: '/my/training', search: { tab: 'open' } }}>{t('my.open.see')}</ButtonLink>}
            />
          )
        const groups = grouped(classes)
        return (
          <div className="my-groups">
            {ORDER.filter((group) => groups[group].length > 0).map((group) => (
              <section key={group} aria-labelledby={`my-${group}`}>
                <h2 id={`my-${group}`} className="my-group-title">
                  {t(`my.group.${group}`)} <span className="q-count">{groups[group].length}</span>
                </h2>
                <div className="my-cards">
                  {groups[group].map((of, at) => (
                    <MyClassCard key={of.classId} of={of} now={now} quietly={at > 0} />
                  ))}
                </div>
              </section>
            ))}
            {groups.off.length > 0 && (
              <details className="my-off">
                <summary>
                  {t('my.group.off')} <span className="q-count">{groups.off.length}</span>
                </summary>
                <div className="my-cards">
                  {groups.off.map((of) => (
                    <MyClassCard key={of.classId} of={of} now={now} />
                  ))}
                </div>
              </details>
            )}
          </div>
        )
      }}
    </Answer>
  )
}
