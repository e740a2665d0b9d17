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
  const kind = textOf(line.subarray(0, Math.max(0, line.indexOf(bar))))
  if (kind === 'config') return parseConfig(line)
  if (kind === 'report') return parseReport(line)
  return kind === 'filter' ? parseQuestion(line) : null
}

function parseConfig(line: Uint8Array): FilterLine {
  const [[, key = ''], value] = parted(line, 2)
  return { kind: 'config', key, value: textOf(value ?? none) }
}

function parseReport(line: Uint8Array): FilterLine | null {
  const [[, version = '', , subsystem, event, session], rest] = parted(line, 6)
  if (subsystem !== 'smtp-in' || event === undefined || session === undefined) return null
  return { kind: 'report', version, event, session, rest: textOf(rest ?? none) }
}

function parseQuestion(line: Uint8Array): FilterLine | null {
  const [[, , , subsystem, phase, session, token], payload] = parted(line, 7)
  if (subsystem !== 'smtp-in' || phase === undefined || session === undefined || token === undefined)
    return null
  if (phase !== 'data-line') return { kind: 'question', phase, session, token }
  return payload === undefined ? null : { kind: phase, session, token, line: payload }
}

const bar = 0x7c
const none = new Uint8Array()

/** The first `count` fields, and all that follows, if anything does: only in the last one are bars a part of it (smtpd-filters(7), "PROTOCOL"). */
function parted(
  line: Uint8Array,
  count: number
): readonly [fields: readonly string[], rest: Uint8Array | undefined] {
  let end = line.indexOf(bar)
  for (let field = 1; field < count && end !== -1; field += 1) end = line.indexOf(bar, end + 1)
  const head = textOf(end === -1 ? line : line.subarray(0, end))
  return [head.split('|'), end === -1 ? undefined : line.subarray(end + 1)]
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
