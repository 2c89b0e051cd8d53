/** Answers to be read: as the server tells them (`told`), headings and lines, tables as tables. */
import type { ToldRow } from '../../platform/forms/contract.ts'
import './answers.css'

/** `none` stands where nothing was answered. */
export function Answers({ rows, none = '—' }: { rows: readonly ToldRow[]; none?: string }) {
  return (
    <div className="q-answers">
      {sections(rows).map(({ heading, lines }) => (
        <section key={heading ? `${heading.depth} ${heading.title} ${lines[0]?.question}` : 'first'}>
          {heading && (heading.depth === 0 ? <h2>{heading.title}</h2> : <h3>{heading.title}</h3>)}
          <dl>
            {lines.map((line) => (
              <div key={line.question} data-wide={line.table || (line.value ?? '').length > 60 || undefined}>
                <dt>{line.title}</dt>
                <dd>
                  {line.table?.rows.length ? (
                    <Table {...line.table} />
                  ) : (
                    line.value || <span className="q-quiet">{none}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

type Section = { heading: ToldRow | null; lines: ToldRow[] }

function sections(rows: readonly ToldRow[]): Section[] {
  const found: Section[] = []
  for (const row of rows) {
    if (row.value === null) found.push({ heading: row, lines: [] })
    else if (found.length === 0) found.push({ heading: null, lines: [row] })
    else found.at(-1)!.lines.push(row)
  }
  return found
}

function Table({ columns, rows }: NonNullable<ToldRow['table']>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className="q-form-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are what they are, in their order
            <tr key={at}>
              {row.map((cell, index) => (
                <td key={columns[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
