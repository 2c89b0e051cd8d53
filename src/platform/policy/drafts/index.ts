/** Drafts of a policy, for policy's own procedures. */
export { compareDrafts } from './compare.ts'
export { adoptDraft, sendBackDraft } from './decide.ts'
export { ADOPTERS, DRAFTERS } from './place.ts'
export { draft, draftColleagues, draftSet, drafts } from './queries.ts'
export {
  createDraft,
  dropDraftSet,
  renewDraft,
  saveDraft,
  saveDraftSet,
  shareDraft,
  submitDraft,
  takeBackDraft,
  withdrawDraft,
} from './service.ts'
