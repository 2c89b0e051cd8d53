/** Beginnings of query keys of notices and objections. */
export const NOTICES = ['cases', 'notices'] as const
export const OBJECTIONS = ['cases', 'objections'] as const
