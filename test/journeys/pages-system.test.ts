/** The pages of those who keep the system, and of nobody in particular. */
import { lookAtPages } from './pages.ts'

lookAtPages(['security-d', 'administrator-d'], ['/', '/verify', '/verify/AAAAA-BBBBB'])
