/** What is wrong with a set that was sent: each problem with the condition it stands in. */
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { troubleOf } from '../../../../ui/trouble.ts'
import '../policy.css'

type Problem = { condition: string | null; path: string; zh: string; en: string }

/** What is wrong with the set, each with the condition it stands in; any other failure as everywhere. */
export function SetFailure({ error }: { error: unknown }) {
  const t = useWords('policy')
  const pick = useBilingual()
  const problems = troubleOf(error).data.problems as Problem[] | undefined
  if (!Array.isArray(problems)) return <Failure error={error} />
  return (
    <Notice tone="alert" live title={t('author.wrong', { n: problems.length })}>
      <ul className="q-reasons">
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.en}`}>
            {problem.condition && <code className="pol-code">{problem.condition}</code>} {pick(problem)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** Saving was refused because the set is not provably as strict as the one above: the clause that permits it is wanted. */
export const asksPermission = (error: unknown): boolean => {
  const problems = error ? (troubleOf(error).data.problems as Problem[] | undefined) : undefined
  return Array.isArray(problems) && problems.some(({ path }) => path === 'extends.permission')
}
