/** The pages of those who decide and those who audit in a district. */
import { lookAtPages } from './pages.ts'

lookAtPages(['commission-d', 'auditor-d'])
