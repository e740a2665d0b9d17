// The numbers of the milter protocol, version 6 (Sendmail 8.14's libmilter, mfdef.h; Postfix's MILTER_README).

/** What the mail server says. */
export const commandLetters = {
  abort: 'A',
  body: 'B',
  connect: 'C',
  macros: 'D',
  endOfMessage: 'E',
  helo: 'H',
  quitNewConnection: 'K',
  header: 'L',
  mail: 'M',
  endOfHeader: 'N',
  negotiate: 'O',
  quit: 'Q',
  rcpt: 'R',
  data: 'T',
  unknown: 'U'
} as const

/** What we answer. */
export const replyLetters = {
  negotiate: 'O',
  continue: 'c',
  insertHeader: 'i',
  changeHeader: 'm',
  quarantine: 'q',
  replyCode: 'y'
} as const

/** What a filter may do to a message (SMFIF_*). */
export const actions = {
  addHeaders: 0x1,
  changeHeaders: 0x10,
  quarantine: 0x20,
  requestMacros: 0x100
} as const

/** What a filter does not want to hear, or does not answer (SMFIP_*). */
export const steps = {
  noUnknown: 0x1_00,
  /** Header values come with the blank after the colon, so that the bytes of the field are known. */
  leadingSpace: 0x10_0000
} as const

/**
 * The step by which a command goes without an answer (SMFIP_NR_*). DATA and the chunks of a body are not here: an answer there tells the mail
 * server's system at once that everything before it has arrived. Without that what comes next waits in it for 40 ms (Nagle's algorithm there, a
 * delayed acknowledgement here: RFC 1122 sections 4.2.3.4 and 4.2.3.2).
 */
export const noReplyTo: Readonly<Record<string, number>> = {
  [commandLetters.header]: 0x80,
  [commandLetters.connect]: 0x10_00,
  [commandLetters.helo]: 0x20_00,
  [commandLetters.mail]: 0x40_00,
  [commandLetters.rcpt]: 0x80_00,
  [commandLetters.unknown]: 0x2_0000,
  [commandLetters.endOfHeader]: 0x4_0000
}

/** Never answered, by definition. */
export const silentCommands: ReadonlySet<string> = new Set([
  commandLetters.abort,
  commandLetters.macros,
  commandLetters.quit,
  commandLetters.quitNewConnection
])

/** The stages that a filter may ask macros for (SMFIM_*), and those that we read: nothing has to be configured at the mail server. */
export const requestedMacros: readonly { readonly stage: number; readonly names: string }[] = [
  { stage: 0, names: '{daemon_name} {client_addr} v' },
  { stage: 1, names: '{tls_version} {cipher}' },
  { stage: 2, names: 'i {auth_authen} {auth_type} {tls_version} {cipher}' },
  { stage: 3, names: 'i' },
  { stage: 5, names: 'i' },
  { stage: 6, names: 'i' }
]

export const macroNames: ReadonlySet<string> = new Set(
  requestedMacros.flatMap(({ names }) => names.split(' ')).map(bareName)
)

/** `{auth_authen}` and `auth_authen` are the same macro. */
export function bareName(name: string): string {
  return name.replace(/^\{(?<inner>.*)\}$/u, '$<inner>')
}
