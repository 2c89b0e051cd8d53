/** Codes that a class's rule and a person's record are written in, with their words. */
import { useWords } from '../../../../ui/i18n.tsx'

export type CodeTable = 'stages' | 'categories' | 'subjects' | 'posts' | 'honours' | 'titles'

const CODES: Record<CodeTable, readonly string[]> = {
  stages: ['1', '2', '3', '4', '5', '6', 'A'],
  categories: ['11', '12', '13', '14', '19', '55', '56'],
  subjects: ['11', '12', '13', '14', '15', '16', '17', '18', '19', '20', '21', '22', '23', '24', '25', '26', '27', '41', '60', '61', '62'],
  posts: ['class_teacher', 'finance_officer', 'training_manager', 'principal', 'party_secretary', 'leader'],
  honours: [
    'district_backbone_candidate',
    'district_backbone',
    'district_master_candidate',
    'district_master',
    'municipal_backbone',
  ],
  titles: ['senior_full', 'senior', 'first', 'second', 'third'],
}

/** The word of a code, the code itself where nobody has a word for it; and the choices of a table. */
export function useCodes() {
  const t = useWords('training')
  const label = (table: CodeTable, code: string): string => {
    const key = `office.code.${table}.${code}`
    return t.has(key) ? t(key) : code
  }
  const choices = (table: CodeTable) => CODES[table].map((value) => ({ value, label: label(table, value) }))
  return { label, choices }
}
