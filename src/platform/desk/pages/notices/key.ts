/** Under which one's settings for notices are kept in the browser. */
export const KEY = ['desk', 'notices'] as const
