/** What the tests use of mailparser, which comes without types. */
declare module 'mailparser' {
  export type ParsedMail = {
    subject?: string
    text?: string
    html?: string | false
    messageId?: string
    from?: { text: string }
    to?: { text: string }
    headers: Map<string, unknown>
    headerLines: { key: string; line: string }[]
  }
  export function simpleParser(source: NodeJS.ReadableStream): Promise<ParsedMail>
}
