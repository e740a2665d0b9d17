import { z } from 'zod'
import type { AddedField, HeaderEdits } from './edit-header.ts'

/** What became of a question to Sluice. */
export type ScanOutcome =
  | { readonly kind: 'answered'; readonly fate: MessageFate; readonly edits: HeaderEdits }
  /** No answer in time, or none that we understand. */
  | { readonly kind: 'failed'; readonly cause: string }

export type MessageFate =
  | { readonly kind: 'pass' }
  /** What smtpd tells its client: code, enhanced status and text. */
  | { readonly kind: 'refuse'; readonly reply: string }

const fieldName = z.string().regex(/^[!-9;-~]{1,200}$/u)
const fieldValue = z.string().regex(/^[^\0\r\n]{0,900}$/u)
const added = z.union([
  fieldValue.transform((text) => ({ value: text, order: 0 })),
  z.object({ value: fieldValue, order: z.int().default(0) })
])
const places = z.union([z.int().transform((place) => [place]), z.array(z.int())])

/** Those parts of rspamd's `/checkv2` reply that a filter can carry out. */
const answerSchema = z.object({
  action: z.string(),
  messages: z.object({ smtp_message: z.string().optional() }).default({}),
  milter: z
    .object({
      add_headers: z
        .record(fieldName, z.union([added.transform((one) => [one]), z.array(added)]))
        .default({}),
      remove_headers: z.record(fieldName, places).default({})
    })
    .default({ add_headers: {}, remove_headers: {} })
})

/** smtpd can keep no message, so that what rspamd would have set aside comes again later. */
const codes: Readonly<Record<string, 'pass' | '451 4.7.1' | '550 5.7.1'>> = {
  'no action': 'pass',
  'add header': 'pass',
  'rewrite subject': 'pass',
  greylist: '451 4.7.1',
  'soft reject': '451 4.7.1',
  quarantine: '451 4.7.1',
  reject: '550 5.7.1',
  discard: '550 5.7.1'
}

/** Never throws: what is no answer is a failure. */
export function parseScanAnswer(text: string): ScanOutcome {
  const answer = answerSchema.safeParse(parseJson(text))
  if (!answer.success) return { kind: 'failed', cause: 'the answer is not understood' }
  const { action, messages, milter } = answer.data
  const code = Object.hasOwn(codes, action) ? codes[action] : undefined
  if (code === undefined) return { kind: 'failed', cause: `the action ${JSON.stringify(action)} is unknown` }
  return {
    kind: 'answered',
    fate:
      code === 'pass'
        ? { kind: 'pass' }
        : { kind: 'refuse', reply: `${code} ${replyText(messages.smtp_message)}` },
    edits: {
      remove: new Map(
        Object.entries(milter.remove_headers).map(([key, value]) => [key.toLowerCase(), value])
      ),
      add: Object.entries(milter.add_headers).flatMap(([key, fields]) =>
        fields.map((field) => toAdded(key, field))
      )
    }
  }
}

function toAdded(key: string, field: { value: string; order: number }): AddedField {
  return { name: key, value: field.value, place: field.order < 0 ? 'bottom' : 'top' }
}

/** RFC 5321 section 4.5.3.1.5: a reply line has 512 octets at most. */
const maxReplyText = 400

function replyText(text = ''): string {
  return (
    text
      .replaceAll(/[^ -~]/gu, '?')
      .slice(0, maxReplyText)
      .trim() || 'Message refused'
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
