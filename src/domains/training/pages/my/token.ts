/** The check-in token as it travels: in the address behind the QR code, or bare. The server decides what it is worth. */
const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.\d{1,12}\.[\w-]{22}$/

/** The token in what a camera read, null when it is something else. Only the token is used, never the address's host. */
export function tokenIn(text: string): string | null {
  if (TOKEN.test(text)) return text
  if (!URL.canParse(text)) return null
  const { pathname, searchParams } = new URL(text)
  const token = pathname === '/check-in' ? (searchParams.get('t') ?? '') : ''
  return TOKEN.test(token) ? token : null
}

/** The session that a token names, null when it is no token. */
export const sessionIn = (token: string): string | null => TOKEN.exec(token)?.[1] ?? null
