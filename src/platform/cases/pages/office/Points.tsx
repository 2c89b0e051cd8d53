/** What is to be corrected, question by question and material by material; the applicant sees each at its place. */
import { useState } from 'react'
import { Button, IconButton } from '../../../../ui/Button.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'

/** Places of a form that a point can be about: `question:plan`, `material:lesson`. */
export type Questions = readonly { value: string; label: string }[]
type Point = { about: string; says: string }

export function usePoints() {
  const [rows, setRows] = useState<Point[]>([])
  const given = rows
    .filter(({ says }) => says.trim().length >= 2)
    .map(({ about, says }) => {
      const [kind, name] = about.split(':')
      return {
        says: says.trim(),
        ...(kind === 'question' ? { question: name! } : kind === 'material' ? { material: name! } : {}),
      }
    })
  return { rows, setRows, given }
}

export function Points({
  questions,
  points: { rows, setRows },
}: {
  questions: Questions
  points: ReturnType<typeof usePoints>
}) {
  const t = useWords('cases')
  const change = (at: number, patch: Partial<Point>) =>
    setRows(rows.map((row, nth) => (nth === at ? { ...row, ...patch } : row)))
  return (
    <fieldset className="of-points">
      <legend>{t('office.points')}</legend>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing else of their own while they are written
        <div key={at} className="of-point">
          <SelectField
            label={t('office.point_about')}
            value={row.about}
            onChange={(about) => change(at, { about })}
            choices={[{ value: '', label: t('office.point_all') }, ...questions]}
          />
          <TextField
            label={t('office.point_says')}
            value={row.says}
            onChange={(says) => change(at, { says })}
            maxLength={500}
          />
          <IconButton
            icon="trash"
            label={t('office.point_drop')}
            onClick={() => setRows(rows.filter((_, nth) => nth !== at))}
          />
        </div>
      ))}
      <Button small icon="plus" onClick={() => setRows([...rows, { about: questions[0]?.value ?? '', says: '' }])}>
        {t('office.point_add')}
      </Button>
    </fieldset>
  )
}
