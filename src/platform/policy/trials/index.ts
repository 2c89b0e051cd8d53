/** Trials of other figures: how many come out otherwise, who they are, and all of it as a sheet. */
export { whatIfPeople } from './behind.ts'
export { exportWhatIf } from './export.ts'
export { asksOtherwise, judged, trialOf } from './trial.ts'
export { whatIf } from './what-if.ts'
