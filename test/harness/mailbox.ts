/** A mail server of one's own: takes letters over SMTP, reads them, and refuses them where a test wants it. */
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type Received = ParsedMail & { recipient: string; header: (name: string) => string | undefined }
export type Mailbox = {
  url: string
  letters: Received[]
  /** Answers of the server to recipients, by address: `550 5.1.1 nobody`. */
  refuses: Map<string, string>
  /** Letters that came for an address, the latest last. */
  of: (address: string) => Received[]
  close: () => Promise<void>
}

export async function openMailbox(port = 0): Promise<Mailbox> {
  const letters: Received[] = []
  const refuses = new Map<string, string>()
  const server = new SMTPServer({
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'qiangshi' && password === 'geheim' ? done(null, { user: username }) : done(new Error('no')),
    onRcptTo: ({ address }, _session, done) => {
      const [, code, words] = /^(\d{3}) (.*)$/.exec(refuses.get(address) ?? '') ?? []
      done(code ? Object.assign(new Error(words), { responseCode: Number(code) }) : null)
    },
    onData: (stream, session, done) => {
      simpleParser(stream).then((mail) => {
        const header = (name: string) => {
          const line = mail.headerLines.find(({ key }) => key === name)?.line
          return line?.slice(line.indexOf(':') + 1).trim()
        }
        for (const { address } of session.envelope.rcptTo) letters.push({ ...mail, recipient: address, header })
        done()
      }, done)
    },
  })
  server.on('error', () => {})
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  const bound = (server.server.address() as { port: number }).port
  return {
    url: `smtp://qiangshi:geheim@127.0.0.1:${bound}`,
    letters,
    refuses,
    of: (address) => letters.filter(({ recipient }) => recipient === address),
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
