import { isUtf8 } from 'node:buffer'

/** One line of a client: a verb, and whatever follows it. */
export interface Command {
  /** Capitals. */
  readonly verb: string
  /** Without the blanks around it. */
  readonly argument: string
}

/** RFC 5321 section 4.5.3.1.4 gives 512 octets; the extensions that we offer add 701 to MAIL FROM and 529 to RCPT TO. */
export const maxCommandBytes = 2_048
/** RFC 4954 section 4: what a line of an AUTH exchange may take. */
export const maxAuthLineBytes = 12_288

/** Anything but printable characters and the tab: no command has a use for it. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u0008\u000a-\u001f\u007f]/u

export type CommandOutcome =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'control-character' | 'not-utf8' | 'too-long' }

/** Reads a line without its CRLF (RFC 5321 section 2.4 and 4.1.1; UTF-8 by RFC 6531 section 3.1). */
export function parseCommand(line: Buffer): CommandOutcome {
  if (!isUtf8(line))
    return { kind: controls.test(line.toString('latin1')) ? 'control-character' : 'not-utf8' }
  const text = line.toString('utf8')
  if (controls.test(text)) return { kind: 'control-character' }
  const [verb = ''] = /^[^ \t]*/u.exec(text) ?? []
  const command = { verb: verb.toUpperCase(), argument: text.slice(verb.length).trim() }
  if (line.length > maxCommandBytes && command.verb !== 'AUTH') return { kind: 'too-long' }
  return { kind: 'command', command }
}
