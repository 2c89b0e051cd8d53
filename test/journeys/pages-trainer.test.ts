/** The pages of the training centre of a district. */
import { lookAtPages } from './pages.ts'

lookAtPages(['trainer-d'])
