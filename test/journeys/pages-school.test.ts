/** The pages of a teacher and of the offices of a school. */
import { lookAtPages } from './pages.ts'

lookAtPages(['t00001', 'clerk-0', 'principal-0'])
