/** How proposed changes read: what they are, where they stand, and the values beside each other. */
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import { Timeline } from '../../../../ui/Timeline.tsx'
import { type Group, useItems, type Values } from '../archive/record.ts'
import type { Records } from '../records.ts'

export type ChangeRow = Awaited<ReturnType<Records['changes']>>['rows'][number]
export type OwnChange = Awaited<ReturnType<Records['myChanges']>>[number]
export type Change = Awaited<ReturnType<Records['change']>>

const TONES: Record<ChangeRow['state'], Tone> = {
  school: 'wait',
  district: 'wait',
  applied: 'done',
  refused: 'alert',
  withdrawn: 'off',
}

export const StateTag = ({ state }: { state: ChangeRow['state'] }) => {
  const t = useWords('records')
  return <StatusTag tone={TONES[state]}>{t(`changes.state.${state}`)}</StatusTag>
}

export const useKind = () => {
  const t = useWords('records')
  const say = useBilingual()
  return (group: Group | undefined, kind: ChangeRow['kind']) =>
    t(`changes.title.${kind}`, { group: group ? say(group.title) : '' })
}

/** Item by item: what was seen, what is wanted, and what stands now where that is another. */
export function Comparison({
  group,
  was,
  becomes,
  now,
}: {
  group: Group
  was: Values | null
  becomes: Values
  now?: Values | null
}) {
  const t = useWords('records')
  const say = useBilingual()
  const items = useItems()
  const fields = group.fields.filter(({ key }) => key in becomes || (was && key in was))
  const moved = now !== undefined && now !== null
  const cell = (value: string) => value || <span className="q-quiet">—</span>
  return (
    <table className="rec-compare">
      <thead>
        <tr>
          <th>{t('changes.item')}</th>
          {was && <th>{t('changes.was')}</th>}
          {moved && <th>{t('changes.stands_now')}</th>}
          {Object.keys(becomes).length > 0 && <th>{t('changes.becomes')}</th>}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.key}>
            <th scope="row">{say(field.title)}</th>
            {was && <td>{cell(items.word(field, was[field.key]))}</td>}
            {moved && (
              <td className={now[field.key] === was?.[field.key] ? '' : 'rec-differs'}>
                {cell(items.word(field, now[field.key]))}
              </td>
            )}
            {Object.keys(becomes).length > 0 && (
              <td className="rec-differs">{cell(items.word(field, becomes[field.key]))}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What the offices said. */
export function Steps({ change }: { change: Pick<Change, 'steps' | 'proposedAt' | 'reason' | 'name' | 'proposedBy'> }) {
  const t = useWords('records')
  const f = useFormat()
  return (
    <Timeline
      label={t('changes.course')}
      items={[
        {
          key: 'proposed',
          when: f.dateTime(new Date(change.proposedAt)),
          title: change.proposedBy
            ? t('changes.step.propose_for', { by: change.proposedBy, name: change.name })
            : t('changes.step.propose', { name: change.name }),
          detail: change.reason,
        },
        ...change.steps.map(({ stage, decision, note, name, at }) => ({
          key: at,
          when: f.dateTime(new Date(at)),
          title: t(`changes.step.${decision}`, { name, stage: t(`changes.at.${stage}`) }),
          detail: note,
          tone:
            decision === 'confirm'
              ? ('done' as const)
              : decision === 'refuse' || decision === 'object'
                ? ('alert' as const)
                : ('plain' as const),
        })),
      ]}
    />
  )
}
