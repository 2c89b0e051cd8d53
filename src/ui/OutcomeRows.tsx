/** What is asked of somebody, one rule a row: how it comes out and what is missing, each leading to the reasons. */
import type { Outcomes } from '../platform/policy/contract.ts'
import { useBilingual, useWords } from './i18n.tsx'
import { List, ListRow } from './List.tsx'
import { StatusTag, Tag } from './Tag.tsx'
import { outcomeTones } from './Why.tsx'

type Row = Outcomes['rows'][number]

export function OutcomeRows({
  rows,
  label,
  onOpen,
}: {
  rows: readonly Row[]
  label: string
  onOpen: (row: Row) => void
}) {
  const t = useWords('ui')
  const say = useBilingual()
  const word = ({ outcome, grade, nature }: Row) => {
    if (grade) return say(grade)
    if (outcome === 'met' || outcome === 'exempt') return t(`why.${outcome}`)
    return t(nature === 'status' && outcome === 'unmet' ? 'outcome.not_so' : `outcome.${outcome}`)
  }
  // A state is no alarm and no success.
  const tone = ({ outcome, nature }: Row) => (nature === 'status' ? 'plain' : (outcomeTones[outcome] ?? 'alert'))
  return (
    <List label={label}>
      {rows.map((row) => (
        <ListRow
          key={row.set}
          title={say(row.title)}
          meta={
            <span className="q-outcome">
              <StatusTag tone={tone(row)}>{word(row)}</StatusTag>
              {row.outcome === 'unmet' && row.nature === null && (
                <span>{t('outcome.missing', { n: row.missing })}</span>
              )}
              {row.outcome === 'unknown' && row.unknown > 0 && (
                <span>{t('outcome.not_known', { n: row.unknown })}</span>
              )}
              {row.stated && <Tag>{t('outcome.stated')}</Tag>}
            </span>
          }
          onPress={() => onOpen(row)}
        />
      ))}
    </List>
  )
}
