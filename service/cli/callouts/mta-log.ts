import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

/** What a mail server did with a message itself. The later in the list, the more it says: a deferral ends in a delivery or a bounce. */
export const mtaOutcomes = ['deferred', 'held', 'delivered', 'marked', 'bounced', 'rejected'] as const
export type MtaOutcome = (typeof mtaOutcomes)[number]

/** Queue id → what became of the message. */
export type MtaOutcomes = ReadonlyMap<string, MtaOutcome>

export type MtaLogKind = 'postfix' | 'exim' | 'rspamd'

interface Said {
  readonly queueId: string
  readonly outcome: MtaOutcome
}

/** A log line longer than this says nothing of a message. */
const maxLineLength = 16_384

/** Reads a mail server's log, packed or not. Lines that speak of no message are passed over. Rejects if the file cannot be read. */
export async function readMtaLog(kind: MtaLogKind, file: string): Promise<MtaOutcomes> {
  const outcomes = new Map<string, MtaOutcome>()
  const bytes = createReadStream(file)
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  bytes.on('error', (error) => text.destroy(error))
  for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
    const said = line.length > maxLineLength ? undefined : readers[kind](line)
    if (said === undefined) continue
    const known = outcomes.get(said.queueId)
    if (known === undefined || mtaOutcomes.indexOf(known) < mtaOutcomes.indexOf(said.outcome))
      outcomes.set(said.queueId, said.outcome)
  }
  return outcomes
}

const readers: Readonly<Record<MtaLogKind, (line: string) => Said | undefined>> = {
  postfix: readPostfixLine,
  exim: readEximLine,
  rspamd: readRspamdLine
}

const postfixStatus = {
  sent: 'delivered',
  bounced: 'bounced',
  expired: 'bounced',
  undeliverable: 'bounced',
  deferred: 'deferred'
} as const satisfies Record<string, MtaOutcome>

const postfixActs = {
  reject: 'rejected',
  'milter-reject': 'rejected',
  hold: 'held',
  'milter-hold': 'held'
} as const satisfies Record<string, MtaOutcome>

/** `… postfix/smtp[12]: 4XyZ12: to=<…>, …, status=sent (250 …)`; `… postfix/cleanup[12]: 4XyZ12: milter-hold: …`. */
const postfixLine =
  /\bpostfix[^[ ]*\[\d+\]: (?!NOQUEUE)([\dA-Za-z]{5,25}): (?:to=<.*?\bstatus=([a-z]+)|([a-z-]+): )/u

function readPostfixLine(line: string): Said | undefined {
  const [, queueId = '', status = '', act = ''] = postfixLine.exec(line) ?? []
  if (isKeyOf(postfixStatus, status)) return { queueId, outcome: postfixStatus[status] }
  return isKeyOf(postfixActs, act) ? { queueId, outcome: postfixActs[act] } : undefined
}

const eximSigns = {
  '=>': 'delivered',
  '->': 'delivered',
  '**': 'bounced',
  '==': 'deferred',
  Frozen: 'held',
  frozen: 'held'
} as const satisfies Record<string, MtaOutcome>

/** `2026-11-22 08:15:00 1tEvPo-000000-3A => bob@…`; ids of Exim before and from 4.97. */
function readEximLine(line: string): Said | undefined {
  const found =
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?(?: \[\d+\])? (\w{6}-(?:\w{6}|\w{11})-\w{2,4}) (\S+)(.*)$/u.exec(
      line
    )
  const [, queueId = '', sign = '', rest = ''] = found ?? []
  if (queueId === '') return undefined
  if (/\brejected (?:after DATA|by)\b/u.test(rest)) return { queueId, outcome: 'rejected' }
  return isKeyOf(eximSigns, sign) ? { queueId, outcome: eximSigns[sign] } : undefined
}

/** `… qid: <4XyZ12>, … (default: F (no action): [1.20/15.00] […`: what rspamd said of the same message. */
function readRspamdLine(line: string): Said | undefined {
  const queueId = /\bqid: <([^>]{1,128})>/u.exec(line)?.[1]
  const action = /\(default: [A-Z] \(([a-z ]+)\):/u.exec(line)?.[1]
  if (queueId === undefined || action === undefined) return undefined
  if (action === 'no action') return { queueId, outcome: 'delivered' }
  return { queueId, outcome: action === 'reject' ? 'rejected' : action === 'quarantine' ? 'held' : 'marked' }
}

function isKeyOf<Table extends object>(table: Table, key: string): key is Extract<keyof Table, string> {
  return Object.hasOwn(table, key)
}
