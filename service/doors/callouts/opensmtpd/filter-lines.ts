/** Lines ↔ words of OpenSMTPD's filter protocol 0.6 and 0.7 (smtpd-filters(7)). Pure. */

export type FilterLine =
  | { readonly kind: 'config'; readonly key: string; readonly value: string }
  | FilterReport
  /** One line of a message as the client sent it, its dots escaped; a single dot ends it. */
  | {
      readonly kind: 'data-line'
      readonly session: string
      readonly token: string
      readonly line: Uint8Array
    }
  | { readonly kind: 'question'; readonly phase: string; readonly session: string; readonly token: string }

/** Something has happened in a session; wants no answer. */
export interface FilterReport {
  readonly kind: 'report'
  readonly version: string
  readonly event: string
  readonly session: string
  /** What the event tells, by its own rules. */
  readonly rest: string
}

/** null: a line of another kind, or of another subsystem. */
export function parseFilterLine(line: Uint8Array): FilterLine | null {
  const [kind] = fieldsOf(line, 1).map(textOf)
  if (kind === 'config') return parseConfig(line)
  if (kind === 'report') return parseReport(line)
  return kind === 'filter' ? parseQuestion(line) : null
}

function parseConfig(line: Uint8Array): FilterLine {
  const [, key = '', value = ''] = fieldsOf(line, 2).map(textOf)
  return { kind: 'config', key, value }
}

function parseReport(line: Uint8Array): FilterLine | null {
  const [, version = '', , subsystem, event, session, rest = ''] = fieldsOf(line, 6).map(textOf)
  if (subsystem !== 'smtp-in' || event === undefined || session === undefined) return null
  return { kind: 'report', version, event, session, rest }
}

function parseQuestion(line: Uint8Array): FilterLine | null {
  const [, , , subsystem, phase, session, token, payload] = fieldsOf(line, 7)
  if (subsystem === undefined || phase === undefined || session === undefined || token === undefined)
    return null
  if (textOf(subsystem) !== 'smtp-in') return null
  const question = { phase: textOf(phase), session: textOf(session), token: textOf(token) }
  if (question.phase !== 'data-line') return { kind: 'question', ...question }
  return payload === undefined ? null : { kind: 'data-line', ...question, line: payload }
}

const bar = 0x7c

/** The first `count` fields, and all that follows as one more: the last one may hold bars (smtpd-filters(7), "PROTOCOL"). */
function fieldsOf(line: Uint8Array, count: number): readonly Uint8Array[] {
  const fields: Uint8Array[] = []
  let from = 0
  while (fields.length < count) {
    const end = line.indexOf(bar, from)
    if (end === -1) break
    fields.push(line.subarray(from, end))
    from = end + 1
  }
  return [...fields, line.subarray(from)]
}

/** Every event that tells of the client, its login, or the envelope. */
const events = [
  'link-connect',
  'link-disconnect',
  'link-identify',
  'link-auth',
  'link-tls',
  'tx-begin',
  'tx-mail',
  'tx-rcpt',
  'tx-reset'
]
const phases = ['data-line', 'commit']

/** What to answer to `config|ready`. smtpd ends if anything is registered in a subsystem that it did not name. */
export function registration(subsystems: ReadonlySet<string>): string {
  const names = subsystems.has('smtp-in')
    ? [
        ...events.map((event) => `register|report|smtp-in|${event}`),
        ...phases.map((phase) => `register|filter|smtp-in|${phase}`)
      ]
    : []
  return [...names, 'register|ready', ''].join('\n')
}

/** By what smtpd knows what is answered. */
interface Asked {
  readonly session: string
  readonly token: string
}

export function toResult({ session, token }: Asked, result: string): string {
  return `filter-result|${session}|${token}|${result}\n`
}

/** What goes before each line of a message on its way back. */
export function dataLinePrefix({ session, token }: Asked): string {
  return `filter-dataline|${session}|${token}|`
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}
