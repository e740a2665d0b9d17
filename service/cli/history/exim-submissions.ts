import { isIP } from 'node:net'
import {
  createOpenSubmissions,
  type LogReader,
  type OnSubmission,
  type OpenSubmission
} from './log-submission.ts'

/** `2026-11-22 08:15:00 1tEvPo-000000-3A <= alice@… `; ids of Exim before and from 4.97. */
const messageLine =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?(?: \[\d+\])? (\w{6}-(?:\w{6}|\w{11})-\w{2,4}) (\S+)(?: (.*))?$/u

/** Exim's main log: who logged in stands in the line of arrival, recipients in those of delivery (or after `for`, where they are logged). */
export function createEximReader(onSubmission: OnSubmission): LogReader {
  const open = createOpenSubmissions(onSubmission)
  return {
    read(line, at) {
      const [, queueId = '', sign = '', rest = ''] = messageLine.exec(line) ?? []
      if (queueId === '') return
      if (sign === 'Completed') return open.close(queueId)
      if (sign === '<=') {
        open.close(queueId)
        const submission = open.of(queueId, at)
        readArrival(rest, submission)
        for (const address of recipientsIn(rest)) open.addRecipient(queueId, address)
      } else if (deliveries.has(sign)) open.addRecipient(queueId, writtenTo(rest))
    },
    end: () => open.closeAll()
  }
}

const deliveries: ReadonlySet<string> = new Set(['=>', '->', '**', '==', '*>', '>>'])

function readArrival(rest: string, submission: OpenSubmission): void {
  // A subject is the sender's own words, and may look like anything
  const fields = rest.replace(/ T="(?:[^"\\]|\\.)*"/u, '')
  const ip = first(fields, / H=[^[]{0,600}\[([^\]]{2,45})\]/u) ?? ''
  const id = first(fields, / id=([^\s<>]{1,996})/u)
  submission.from = rest.split(' ', 1)[0] ?? ''
  submission.ip = isIP(ip) > 0 ? ip : null
  submission.helo =
    first(fields, / H=\S* ?\(([^()]{1,255})\)/u) ?? first(fields, / H=([^\s()[\]]{1,255}) /u) ?? null
  submission.owner = first(fields, / A=[^:\s]{1,64}:([^\s,]{1,254})/u) ?? null
  submission.sizeBytes = Number(first(fields, / S=(\d{1,15})/u) ?? 0)
  submission.messageId = id === undefined ? null : `<${id}>`
}

function first(text: string, shape: RegExp): string | undefined {
  return shape.exec(text)?.[1]
}

function recipientsIn(rest: string): readonly string[] {
  const at = rest.lastIndexOf(' for ')
  return at === -1
    ? []
    : rest
        .slice(at + 5)
        .split(' ')
        .filter((text) => text.includes('@'))
}

/** `bob <bob@example.org> R=…`: what the sender wrote stands in brackets. */
function writtenTo(rest: string): string {
  return /^\S+ <([^>\s]{1,254})>/u.exec(rest)?.[1] ?? rest.split(' ', 1)[0] ?? ''
}
