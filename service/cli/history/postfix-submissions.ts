import { isIP } from 'node:net'
import {
  createOpenSubmissions,
  type LogReader,
  type OnSubmission,
  type OpenSubmissions
} from './log-submission.ts'

/** `… postfix/submission/smtpd[12]: 4XyZ12: client=…`; NOQUEUE is no message. */
const messageLine = /\bpostfix[^[ ]*\[\d+\]: (?!NOQUEUE)([\dA-Za-z]{5,25}): (.*)$/u

/** Postfix's log: who logged in stands in smtpd's line, recipients in those of delivery. */
export function createPostfixReader(onSubmission: OnSubmission): LogReader {
  const open = createOpenSubmissions(onSubmission)
  return {
    read(line, at) {
      const [, queueId = '', text = ''] = messageLine.exec(line) ?? []
      if (queueId !== '') readText(open, queueId, text, at)
    },
    end: () => open.closeAll()
  }
}

function readText(open: OpenSubmissions, queueId: string, text: string, at: number): void {
  if (text === 'removed') return open.close(queueId)
  if (text.startsWith('client=')) return readClient(open, queueId, text, at)
  const submission = open.known(queueId)
  if (submission === undefined) return
  if (text.startsWith('message-id=')) submission.messageId = idIn(text.slice('message-id='.length))
  else if (text.startsWith('from=<')) readQueued(text, submission)
  else if (text.startsWith('to=<')) {
    const [, to = '', written = to] = /^to=<([^>]*)>(?:, orig_to=<([^>]*)>)?/u.exec(text) ?? []
    open.addRecipient(queueId, written)
  }
}

/** A short queue id that comes again is another message. */
function readClient(open: OpenSubmissions, queueId: string, text: string, at: number): void {
  open.close(queueId)
  const submission = open.of(queueId, at)
  const ip = /^client=[^[]*\[([^\]]{2,45})\]/u.exec(text)?.[1] ?? ''
  submission.ip = isIP(ip) > 0 ? ip : null
  submission.owner = /\bsasl_username=([^\s,]{1,254})/u.exec(text)?.[1] ?? null
}

function readQueued(text: string, submission: { from: string; sizeBytes: number }): void {
  const [, from = '', size = '0'] = /^from=<([^>]*)>(?:, size=(\d{1,15}))?/u.exec(text) ?? []
  submission.from = from
  submission.sizeBytes = Number(size)
}

function idIn(text: string): string | null {
  return /^<[^\s<>]{1,996}>/u.exec(text)?.[0] ?? null
}
