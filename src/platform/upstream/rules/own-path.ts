/** An address of the product itself, as it may come from anybody; empty where it is none. */
export const ownPath = (asked: string): string =>
  /^\/(?![/\\])[\x21-\x7E]*$/.test(asked) && !asked.includes('\\') && !asked.startsWith('/upstream/') ? asked : ''
