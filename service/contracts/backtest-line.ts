import { z } from 'zod'
import { parseAddress, type Address } from '../message/address.ts'
import type { Submission } from '../message/submission.ts'
import { decodeStrictBase64 } from './strict-base64.ts'
import { addressSchema, identitySchema, line as textLine } from './verdict-request.ts'

/** What may be wrong with a line of a backtest. One table: the reader, the summary and the documentation use it. */
export const backtestFaults = {
  LINE_TOO_LONG: { isSkipped: true, says: 'the line is longer than any message' },
  LINE_NOT_UTF8: { isSkipped: true, says: 'the line is not UTF-8' },
  LINE_NOT_JSON: { isSkipped: true, says: 'the line is not a JSON object' },
  LINE_INVALID: { isSkipped: true, says: 'a field without which nothing can be scored is missing or wrong' },
  SCORING_FAILED: { isSkipped: true, says: 'an error of ours' },
  FILE_BROKEN: { isSkipped: true, says: 'the file ends here in the middle of its data' },
  FIELD_IGNORED: { isSkipped: false, says: 'scored without a field that is not known or not usable' },
  RECIPIENTS_MISSING: { isSkipped: false, says: 'scored although it goes to nobody' },
  RAW_NOT_LATIN1: { isSkipped: false, says: '`raw` is no latin1 text; its UTF-8 bytes were scored' }
} as const satisfies Record<string, { isSkipped: boolean; says: string }>

export type BacktestFaultCode = keyof typeof backtestFaults

export interface BacktestFault {
  readonly code: BacktestFaultCode
  readonly detail: string
}

const latestMs = Date.UTC(2100, 0, 1)
const day = 86_400

/** Archives reach back further than mail that is handed in today, and their clocks go wrong by years. */
const epochMs = (ms: number): boolean => ms >= 0 && ms < latestMs

const blankAsNull = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? null : value), schema.nullish())

/** One line of a backtest file (DESIGN.md section 7.5). */
export const backtestLineSchema = z
  .strictObject({
    id: z
      .union([z.string().min(1).max(998), z.number()])
      .transform(String)
      .describe('Comes back with the verdict'),
    sender: identitySchema.describe('Who authenticated'),
    ts: z
      .number()
      .refine((seconds) => epochMs(seconds * 1000), 'must lie between 1970 and 2100')
      .nullish()
      .describe('Epoch seconds; or give `receivedAt`'),
    receivedAt: z.iso
      .datetime({ offset: true, error: 'must be an RFC 3339 time such as 2026-11-22T08:15:00Z' })
      .refine((text) => epochMs(Date.parse(text)), 'must lie between 1970 and 2100')
      .nullish(),
    tz: z
      .number()
      .min(-day)
      .max(day)
      .nullish()
      .describe('Seconds east of UTC. Checked only: the service reads the zone from the Date field'),
    client: z
      .strictObject({
        ip: blankAsNull(z.union([z.ipv4(), z.ipv6()], { error: 'must be an IPv4 or IPv6 address' })),
        helo: blankAsNull(textLine(255))
      })
      .nullish(),
    rcpt: z.array(addressSchema).max(10_000).nullish(),
    raw: z.string().min(1).nullish().describe('The message, a character a byte (latin1)'),
    rawBase64: z
      .string()
      .refine((text) => decodeStrictBase64(text) !== undefined, 'must be base64')
      .nullish()
      .describe('The message as base64, instead of `raw`'),
    role: z
      .enum(['observe', 'probe'])
      .nullish()
      .describe('`observe` (default): scored, then learned. `probe`: scored only'),
    label: z.union([z.string().max(200), z.number(), z.boolean()]).nullish()
  })
  .refine(({ ts, receivedAt }) => typeof ts === 'number' || typeof receivedAt === 'string', {
    path: ['ts'],
    message: 'is required (or `receivedAt`)'
  })
  .refine(({ raw, rawBase64 }) => typeof raw === 'string' || typeof rawBase64 === 'string', {
    path: ['raw'],
    message: 'is required (or `rawBase64`)'
  })
  .describe('One submission of a backtest')

export interface BacktestLine {
  readonly id: string
  readonly sender: string
  /** Epoch ms. */
  readonly receivedAt: number
  readonly client: { readonly ip: string | null; readonly helo: string | null }
  readonly recipients: readonly Address[]
  readonly raw: Uint8Array
  readonly role: 'observe' | 'probe'
  /** Trimmed; null where none is given. */
  readonly label: string | null
}

export type BacktestLineOutcome =
  /** `faults`: what was left out of it. */
  | { readonly kind: 'line'; readonly line: BacktestLine; readonly faults: readonly BacktestFault[] }
  | { readonly kind: 'skipped'; readonly fault: BacktestFault }

/**
 * One line of text → a submission to score. What only adds to the picture (client, recipients, zone, label, fields that nobody knows)
 * is left out where it is wrong; without message, sender, time or id there is nothing to score. Never throws.
 */
export function readBacktestLine(text: string): BacktestLineOutcome {
  const value = parseObject(text)
  if (value === undefined) return skipped('LINE_NOT_JSON', 'is not a JSON object')
  const first = backtestLineSchema.safeParse(value)
  if (first.success) return toOutcome(first.data, [])
  const ignored = first.error.issues.flatMap((issue) => leaveOut(value, issue))
  // What was taken out of the list left holes, so that the paths of the issues stayed true
  if (Array.isArray(value['rcpt'])) value['rcpt'] = value['rcpt'].filter(() => true)
  const again = backtestLineSchema.safeParse(value)
  if (again.success) return toOutcome(again.data, ignored)
  return skipped('LINE_INVALID', again.error.issues.slice(0, maxToldFaults).map(textOf).join('; '))
}

/** The submission that a line stands for: as it would come from a mail server after authentication. */
export function toBacktestSubmission(
  { sender, receivedAt, client, recipients, raw, role }: BacktestLine,
  submissionId: string
): Submission {
  return {
    id: submissionId,
    // An archive may hold an id twice: a repeated one must be scored, not answered from memory
    requestId: null,
    caller: 'backtest',
    receivedAt,
    sender: null,
    client: { ...client, port: null, tls: null },
    auth: { user: sender, method: null },
    // A user name stands for a mailbox of this system; the null sender would make a bounce of it
    envelope: {
      mailFrom: parseAddress(sender) ?? parseAddress(`${sender}@localhost`) ?? null,
      rcptTo: recipients
    },
    raw,
    sizeBytes: raw.length,
    learn: role === 'observe' ? 'auto' : 'never',
    explain: false
  }
}

const maxToldFaults = 3

/** Without these there is something to score all the same. */
const optionalFields: ReadonlySet<PropertyKey> = new Set(['tz', 'client', 'rcpt', 'label'])

type Parsed = z.output<typeof backtestLineSchema>

function toOutcome(parsed: Parsed, ignored: readonly BacktestFault[]): BacktestLineOutcome {
  const { id, sender, client } = parsed
  const recipients = parsed.rcpt ?? []
  const { raw, isLatin1 } = rawOf(parsed)
  const faults: readonly BacktestFault[] = [
    ...ignored,
    ...(recipients.length === 0 ? [fault('RECIPIENTS_MISSING', 'rcpt: is empty')] : []),
    ...(isLatin1 ? [] : [fault('RAW_NOT_LATIN1', 'raw: has characters beyond U+00FF')])
  ]
  const line: BacktestLine = {
    id,
    sender,
    receivedAt: receivedAtOf(parsed),
    client: { ip: client?.ip ?? null, helo: client?.helo ?? null },
    recipients,
    raw,
    role: parsed.role ?? 'observe',
    label: labelOf(parsed)
  }
  return { kind: 'line', line, faults }
}

function receivedAtOf({ ts, receivedAt }: Parsed): number {
  return typeof ts === 'number' ? Math.round(ts * 1000) : Date.parse(receivedAt ?? '')
}

function labelOf({ label }: Parsed): string | null {
  const text = String(label ?? '').trim()
  return text === '' ? null : text
}

/** Text gets the line ends of mail in transit (RFC 5321 section 2.3.8); base64 says itself what the bytes are. */
function rawOf({ raw, rawBase64 }: Parsed): { readonly raw: Uint8Array; readonly isLatin1: boolean } {
  if (typeof raw !== 'string')
    return { raw: decodeStrictBase64(rawBase64 ?? '') ?? new Uint8Array(), isLatin1: true }
  const text = raw.replaceAll(/\r?\n/gu, '\r\n')
  const isLatin1 = !/[^\u0000-\u00ff]/u.test(text) // oxlint-disable-line no-control-regex -- every byte is meant
  return { raw: Buffer.from(text, isLatin1 ? 'latin1' : 'utf8'), isLatin1 }
}

/** Takes what an issue speaks of away from the value; nothing if the line is no use without it. */
function leaveOut(value: Fields, issue: z.core.$ZodIssue): readonly BacktestFault[] {
  const parent = at(value, issue.code === 'unrecognized_keys' ? issue.path : issue.path.slice(0, -1))
  if (parent === undefined) return []
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) Reflect.deleteProperty(parent, key)
    return issue.keys.map((key) =>
      fault('FIELD_IGNORED', `${pathText([...issue.path, key])}: is not a known field`)
    )
  }
  const [field] = issue.path
  const last = issue.path.at(-1)
  const isTooMany = issue.code === 'too_big' && issue.path.length === 1
  if (field === undefined || last === undefined || !optionalFields.has(field) || isTooMany) return []
  Reflect.deleteProperty(parent, last)
  return [fault('FIELD_IGNORED', textOf(issue))]
}

type Fields = Record<string, unknown>

function at(value: Fields, path: readonly PropertyKey[]): object | undefined {
  let place: unknown = value
  for (const step of path) place = isObject(place) ? Reflect.get(place, step) : undefined
  return isObject(place) ? place : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object of JSON has text keys
    return isObject(value) && !Array.isArray(value) ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

function textOf({ path, message }: z.core.$ZodIssue): string {
  return `${pathText(path)}: ${message.endsWith('received undefined') ? 'is required' : message}`
}

/** `rcpt.3`; keys are the file's own text. */
function pathText(path: readonly PropertyKey[]): string {
  return path.map((step) => String(step).slice(0, 100)).join('.')
}

function fault(code: BacktestFaultCode, detail: string): BacktestFault {
  return { code, detail }
}

function skipped(code: BacktestFaultCode, detail: string): BacktestLineOutcome {
  return { kind: 'skipped', fault: fault(code, detail) }
}
