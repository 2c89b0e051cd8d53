/** One entry of the trail: the circumstances, and what it changed beside what was there. */
import { Button } from '../../../ui/Button.tsx'
import { Facts } from '../../../ui/Card.tsx'
import { Sheet } from '../../../ui/Dialog.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { PersonLink } from '../../../ui/PersonLink.tsx'
import { useCan } from '../../../ui/session.tsx'
import type { TrailEntry } from '../contract.ts'
import { diffOf } from './diff.ts'
import { useActorName, usePermissionWords, useSubjectWords } from './worded.ts'

export function TrailSheet({
  entry,
  title,
  onNarrow,
  onClose,
}: {
  entry: TrailEntry
  title: string
  onNarrow: (to: { about?: string; subject?: string }) => void
  onClose: () => void
}) {
  const t = useWords('desk')
  const actorName = useActorName()
  const permissionName = usePermissionWords()
  const subjectName = useSubjectWords()
  const f = useFormat()
  const can = useCan()
  const { about, subjectId } = entry
  const lines = diffOf(entry.before, entry.after)
  const hadBefore = entry.before !== null && entry.before !== undefined
  return (
    <Sheet
      open
      wide
      title={title}
      onClose={onClose}
      acts={
        <>
          {subjectId && <Button onClick={() => onNarrow({ subject: subjectId })}>{t('trail.narrow_subject')}</Button>}
          {about && <Button onClick={() => onNarrow({ about: about.id })}>{t('trail.narrow_person')}</Button>}
        </>
      }
    >
      <div className="q-stack">
        <Facts
          columns={1}
          items={[
            { label: t('trail.at'), value: f.dateTime(entry.at) },
            { label: t('trail.actor'), value: f.dotted([actorName(entry.actor), entry.ip]) },
            {
              label: t('trail.about'),
              value:
                about && (can('records.person.read') ? <PersonLink id={about.id} name={about.name} /> : about.name),
            },
            { label: t('trail.org'), value: entry.orgName },
            { label: t('trail.permission'), value: permissionName(entry) },
            {
              label: t('trail.subject'),
              value: entry.subjectKind && (
                <>
                  {subjectName(entry.subjectKind)} <code className="desk-id">{subjectId}</code>
                </>
              ),
            },
            {
              // For whoever follows an act into the program: the names that stand in the record itself.
              label: t('trail.code'),
              value: (
                <code className="desk-id">
                  {entry.action} / {entry.permission}
                </code>
              ),
            },
            {
              label: t('trail.seq'),
              value: entry.seq === null ? t('trail.unsealed') : <span className="q-num">{f.number(entry.seq)}</span>,
            },
          ]}
        />
        {lines.length === 0 ? (
          <p className="q-quiet">{t('trail.no_detail')}</p>
        ) : (
          <table className="desk-diff">
            <caption>{t('trail.changes')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('trail.field')}</th>
                {hadBefore && <th scope="col">{t('trail.before')}</th>}
                <th scope="col">{t(hadBefore ? 'trail.after' : 'trail.content')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ path, before, after, changed }) => (
                <tr key={path} className={changed && hadBefore ? 'desk-changed' : undefined}>
                  <th scope="row">{t.has(`field.${path}`) ? t(`field.${path}`) : path}</th>
                  {hadBefore && <td>{before === null ? '' : changed ? <del>{before}</del> : before}</td>}
                  <td>{after === null ? '' : changed && hadBefore ? <ins>{after}</ins> : after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Sheet>
  )
}
