/** What would change with a parameter: the rules whose conditions name it, and the screens that show what came of it. */
import { TextLink } from '../../../../ui/Button.tsx'
import { Card, Columns } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { useScreensUsing } from '../../../../ui/screens.tsx'
import type { ParameterPage } from '../../contract.ts'

export function UsedBy({ page: { id, rules, asOf } }: { page: ParameterPage }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const screens = useScreensUsing([id, ...rules.map(({ set }) => set)])
  return (
    <Columns min={320}>
      <Card title={t('library.rules_using')}>
        {rules.length === 0 ? (
          <p className="q-quiet">{t('library.no_rules')}</p>
        ) : (
          <ul className="pol-uses">
            {rules.map(({ set, title, authority, authorityName, from, conditions }) => (
              <li key={`${authority} ${set}`}>
                <TextLink to="/policy/library/rules" search={{ authority, set, on: from > asOf ? from : asOf }}>
                  {pick(title)}
                </TextLink>{' '}
                <span className="q-quiet">
                  {f.dotted([pick(authorityName), from > asOf && t('library.from', { date: f.date(from) })])}
                </span>
                <ul>
                  {conditions.map((condition) => (
                    <li key={condition.id}>{pick(condition.says)}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('library.screens_using')}>
        {screens.length === 0 ? (
          <p className="q-quiet">{t('library.no_screens')}</p>
        ) : (
          <ul className="pol-uses">
            {screens.map(({ path, label, open }) => (
              <li key={path}>{open ? <TextLink to={path}>{pick(label)}</TextLink> : pick(label)}</li>
            ))}
          </ul>
        )}
      </Card>
    </Columns>
  )
}
