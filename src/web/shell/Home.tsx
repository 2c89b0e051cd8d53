/** The home page: what is next, what is asked of me, where do I stand. Its cards come from the modules. */
import { type ComponentType, lazy } from 'react'
import { Boundary } from '../../ui/Boundary.tsx'
import { Card, Columns } from '../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../ui/i18n.tsx'
import { List, ListRow } from '../../ui/List.tsx'
import { useLocale } from '../../ui/locale.ts'
import type { Load } from '../../ui/module.ts'
import { Empty } from '../../ui/Notice.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { useSession } from '../../ui/session.tsx'
import { loadWords } from '../../ui/words.ts'
import { modules } from '../modules.ts'
import { homeFor, sectionsFor } from './navigation.ts'

const cards = new Map<string, ComponentType>()

/** A card and its module's words come together, so that the card is drawn once. */
function cardOf(id: string, load: Load, locale: Parameters<typeof loadWords>[1]): ComponentType {
  const known = cards.get(id)
  if (known) return known
  const module = id.slice(0, id.indexOf('.'))
  const card = lazy(async () => (await Promise.all([load(), loadWords(module, locale)]))[0])
  cards.set(id, card)
  return card
}

export function Home() {
  const t = useWords('web')
  const f = useFormat()
  const locale = useLocale()
  const session = useSession()
  if (!session) return null
  const slots = homeFor(session, modules)
  const teacher = session.roles.some(({ role }) => role === 'teacher')
  return (
    <div className="q-home">
      <PageHead
        title={t(teacher ? 'greeting_teacher' : 'greeting', { name: session.account.name })}
        documentTitle={t('home')}
        subtitle={f.longDate(session.clock.now)}
      />
      {slots.length === 0 && <WaysOn />}
      {slots.map(({ slot, cards: of }) => (
        <section key={slot} className={`q-slot q-slot-${slot}`} aria-label={t(`slot.${slot}`)}>
          <h2>{t(`slot.${slot}`)}</h2>
          <div className="q-slot-cards">
            {of.map(({ id, load, height }) => {
              const Card = cardOf(id, load, locale)
              return (
                <Boundary key={id} height={height}>
                  <Card />
                </Boundary>
              )
            })}
          </div>
        </section>
      ))}
    </div>
  )
}

/** For a role without cards of its own: where its work is. */
function WaysOn() {
  const t = useWords('web')
  const pick = useBilingual()
  const session = useSession()
  const sections = session ? sectionsFor(session, modules) : []
  if (sections.length === 0) return <Empty icon="home" title={t('home_empty')} hint={t('home_empty_hint')} />
  return (
    <Columns>
      {sections.map(({ group, entries }) => (
        <Card key={group} title={t(`nav.${group}`)} flush>
          <List label={t(`nav.${group}`)}>
            {entries.map(({ key, path, icon, label }) => (
              <ListRow key={key} icon={icon} title={pick(label)} go={{ to: path }} />
            ))}
          </List>
        </Card>
      ))}
    </Columns>
  )
}
