import { emptyBackground, type Background } from '../../service/features/background.ts'
import { behaviourFeatureNames } from '../../service/features/behaviour.ts'
import { parseAddress, type Address } from '../../service/message/address.ts'
import type { Submission } from '../../service/message/submission.ts'
import {
  fixedModels,
  type ContentModel,
  type ModelsInUse,
  type ScoringModels,
  type TakeoverModel
} from '../../service/models/model-ports.ts'
import { createKeyedHash } from '../../service/observation/keyed-hash.ts'
import { observeRecipients } from '../../service/observation/observe-recipients.ts'
import { observeInProcess } from '../../service/scoring/observing/observe-in-process.ts'
import { createScoreSubmission, type ScoreSubmissionOptions } from '../../service/scoring/score-submission.ts'
import type { Observer, ScoreOutcome, ScoreSubmission } from '../../service/scoring/scoring-ports.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import type { SenderStore } from '../../service/senders/sender-store.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import type { Limits } from '../../service/verdict/limits.ts'
import type { Verdict } from '../../service/verdict/verdict.ts'
import { policy } from '../verdict/policy.ts'

export const key = Buffer.alloc(32, 7)
export const start = Date.UTC(2026, 10, 22, 8)
export const limits: Limits = {
  messagesPerHour: 100,
  messagesPerDay: 500,
  recipientsPerHour: 300,
  recipientsPerDay: 1_000,
  newRecipientsPerDay: 200
}

/** Takes fright at new recipients: +5 log-odds for the share of them; and at a text that says so. */
export const models: ScoringModels = { content: contentModel(), takeover: takeoverModel() }

function takeoverModel(): TakeoverModel {
  const fresh = behaviourFeatureNames.indexOf('recipients.new_fraction')
  const history = behaviourFeatureNames.indexOf('history.messages_log')
  return {
    version: 'test-takeover',
    neutralRow: new Float32Array(behaviourFeatureNames.length),
    thresholds: [{ budgetPer10k: 10, hold: 0.3, block: 0.9 }],
    predict: (rows) =>
      Promise.resolve(rows.map((row) => -8 + 5 * (row[fresh] ?? 0) * Math.min(2, row[history] ?? 0)))
  }
}

function contentModel(): ContentModel {
  const money = 24
  return {
    version: 'test-content',
    predict: (inputs) =>
      Promise.resolve(inputs.map(({ structure }) => -7 + 12 * Math.min(1, structure[money] ?? 0)))
  }
}

export interface House {
  readonly score: ScoreSubmission
  readonly senders: SenderStore
  readonly transactions: () => number
}

export const inProcess: Observer = {
  observe: (one) => observeInProcess(one, key),
  recipients: (envelope) => observeRecipients(envelope, createKeyedHash(key)),
  close: () => Promise.resolve()
}

export interface HouseOptions extends Partial<Omit<ScoreSubmissionOptions, 'models'>> {
  readonly models?: ScoringModels
  readonly background?: Background
  /** Instead of both. */
  readonly modelsInUse?: ModelsInUse
}

/** Everything but the disk: the memory store commits when the act returns. */
export function openHouse({
  models: used = models,
  background = emptyBackground,
  modelsInUse,
  ...more
}: HouseOptions = {}): House {
  const senders = more.senders ?? createMemorySenderStore({ key })
  let ids = 0
  let transactions = 0
  const score = createScoreSubmission({
    observer: inProcess,
    senders,
    models: modelsInUse ?? fixedModels(used, background),
    accept: async (act) => {
      transactions += 1
      return act()
    },
    policy,
    limits,
    clock: () => start,
    newId: () => `verdict-${(ids += 1)}`,
    metrics: createMetrics(),
    log: silentLogger,
    maxPending: 1_000,
    ...more
  })
  return { score, senders, transactions: () => transactions }
}

export function address(text: string): Address {
  const parsed = parseAddress(text)
  if (parsed === undefined) throw new Error(`${text} is no address`)
  return parsed
}

let submissions = 0

export interface Draft extends Partial<Omit<Submission, 'raw'>> {
  readonly to?: readonly string[]
  readonly text?: string
  readonly subject?: string
  readonly raw?: Uint8Array
}

/** A message of alice, authenticated, from a trusted caller. */
export function submission({
  to = ['bob@example.net'],
  text,
  subject,
  raw,
  ...more
}: Draft = {}): Submission {
  const bytes =
    raw ?? message({ to, ...(text !== undefined && { text }), ...(subject !== undefined && { subject }) })
  return {
    id: `submission-${(submissions += 1)}`,
    requestId: null,
    caller: 'tok_1',
    receivedAt: start,
    sender: null,
    client: { ip: '203.0.113.7', helo: 'laptop.example.org', port: null, tls: null },
    auth: { user: 'alice@example.org', method: 'PLAIN' },
    envelope: { mailFrom: address('alice@example.org'), rcptTo: to.map(address) },
    raw: bytes,
    sizeBytes: bytes.length,
    learn: 'auto',
    explain: false,
    ...more
  }
}

export function message({
  to,
  text = 'See you at the meeting on Monday, I bring the slides.',
  subject = 'Monday'
}: Draft): Uint8Array {
  const lines = [
    'From: Alice <alice@example.org>',
    `To: ${(to ?? []).join(', ')}`,
    `Subject: ${subject}`,
    'Date: Sun, 22 Nov 2026 08:00:00 +0000',
    'Message-ID: <m1@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    ''
  ]
  return Buffer.from(lines.join('\r\n'))
}

export function verdictOf(outcome: ScoreOutcome): Verdict {
  if (outcome.kind !== 'scored') throw new Error(`not scored but ${outcome.kind}`)
  return outcome.verdict
}

export function codesOf({ reasons }: Verdict): readonly string[] {
  return reasons.map(({ code }) => code)
}
