/** Training: plans, classes, places, enrolment, sessions, check-in, completion, credits, audit, findings. */
import { credits } from './contract/credits.ts'
import { findings } from './contract/findings.ts'
import { own } from './contract/own.ts'
import { plans } from './contract/plans.ts'
import { sessions } from './contract/sessions.ts'

export { target } from './contract/shapes.ts'

export const trainingContract = { ...plans, ...own, ...sessions, ...credits, ...findings }
