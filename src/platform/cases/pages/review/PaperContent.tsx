/** The copy that was made for experts: headings, answers, tables, files. */
import { Icon } from '../../../../ui/Icon.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import type { MyPaper } from './reviewing.ts'

export function PaperContent({ paper }: { paper: MyPaper }) {
  const t = useWords('cases')
  const of = useBilingual()
  return (
    <article className="rev-paper" aria-label={t('review.paper_nth', { nth: paper.nth })}>
      {paper.content.map((row, at) =>
        row.value === null ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the copy never changes
          <h2 key={at} className={row.depth > 0 ? 'rev-sub' : undefined}>
            {row.title}
          </h2>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the copy never changes
          <section key={at}>
            <h3>{row.title}</h3>
            {row.table && row.table.rows.length > 0 ? (
              <div className="rev-table">
                <table>
                  <thead>
                    <tr>
                      {row.table.columns.map((title) => (
                        <th key={title} scope="col">
                          {title}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {row.table.rows.map((cells, nth) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the copy never changes
                      <tr key={nth}>
                        {cells.map((cell, column) => (
                          // biome-ignore lint/suspicious/noArrayIndexKey: the copy never changes
                          <td key={column}>{cell}</td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            ) : (
              <p className="rev-text">{row.value || <span className="q-quiet">{t('review.no_answer')}</span>}</p>
            )}
          </section>
        ),
      )}
      {paper.files.length > 0 && (
        <section>
          <h3>{t('review.files')}</h3>
          <ul className="rev-files">
            {paper.files.map((file) => (
              <li key={file.nth}>
                <a
                  className="q-button q-button-plain"
                  href={`/api/cases/myPaperFile?reviewId=${paper.reviewId}&nth=${file.nth}`}
                  target="_blank"
                  rel="noreferrer"
                >
                  <Icon name="document" size={18} />
                  <span>
                    {of(file.title)} {file.nth}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  )
}
