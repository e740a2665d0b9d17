import type { LoginAttempt } from './login.ts'

/** What Dovecot's auth server says, line by line (Dovecot authentication protocol 1.1 and later). */
export type DovecotLine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'version'; readonly major: number }
  | { readonly kind: 'in'; readonly id: number; readonly user: string | null }
  | { readonly kind: 'out'; readonly id: number; readonly isTemporary: boolean }
  | { readonly kind: 'other' }

/** A line longer than this is no line of Dovecot's. */
export const maxLineBytes = 8_192

/** What a client says first. Its number need only differ from those of other clients: Dovecot logs it. */
export function handshake(processId: number): string {
  return `VERSION\t1\t1\nCPID\t${processId}\n`
}

/**
 * SASL PLAIN with the initial response (RFC 4616), base64 as everywhere in the protocol. `no-penalty`: the door itself makes guessing slow, by
 * address; Dovecot's own wait of up to 15 s would look like a server that hangs.
 */
export function authRequest(id: number, { name, password, ip, isSecure }: LoginAttempt): string {
  const response = Buffer.from(`\0${name}\0${password}`).toString('base64')
  const facts = [...(isSecure ? ['secured'] : []), ...(ip === null ? [] : [`rip=${ip}`])]
  return `${['AUTH', id, 'PLAIN', 'service=smtp', 'no-penalty', ...facts, `resp=${response}`].join('\t')}\n`
}

export function readDovecotLine(line: string): DovecotLine {
  const [command = '', first = '', ...rest] = line.split('\t')
  switch (command) {
    case 'DONE':
      return { kind: 'ready' }
    case 'VERSION':
      return { kind: 'version', major: Number(first) }
    case 'OK':
      return { kind: 'in', id: Number(first), user: valueOf(rest, 'user') }
    case 'FAIL':
      // `code=temp_fail` since 2.3
      return {
        kind: 'out',
        id: Number(first),
        isTemporary: rest.includes('temp') || rest.includes('code=temp_fail')
      }
    case 'CONT':
      // PLAIN with an initial response has nothing to ask back
      return { kind: 'out', id: Number(first), isTemporary: true }
    default:
      return { kind: 'other' }
  }
}

function valueOf(fields: readonly string[], name: string): string | null {
  const found = fields.find((field) => field.startsWith(`${name}=`))
  return found === undefined ? null : unescape(found.slice(name.length + 1))
}

/** Dovecot writes tab, line feed, carriage return and NUL as \x01 and a letter. */
function unescape(text: string): string {
  // oxlint-disable-next-line no-control-regex -- it is what is looked for
  return text.replaceAll(/\u0001([0rnt1])/gu, (_, letter: string) => escaped[letter] ?? '')
}

const escaped: Readonly<Record<string, string>> = { '0': '\0', '1': '\u0001', r: '\r', n: '\n', t: '\t' }
