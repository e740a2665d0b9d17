import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateHistory } from '../../datasets/synthetic-mail/history.ts'
import type { SyntheticSubmission } from '../../datasets/synthetic-mail/mail.ts'
import { createPersonas } from '../../datasets/synthetic-mail/persona.ts'
import { behaviourDigest } from '../../service/features/digest.ts'
import { openHistory } from '../../service/history/history.ts'
import { createEvidenceReader, type EvidenceReader } from '../../service/history/reader/evidence-reader.ts'
import { createReplayReader, type ReplayReader } from '../../service/history/reader/replay-reader.ts'
import { createSpanReader, type SpanReader } from '../../service/history/reader/span-reader.ts'
import type { HistoryEntry } from '../../service/history/rows/history-entry.ts'
import { toHabitsEntry } from '../../service/history/rows/habits-row.ts'
import { toMessageEntry } from '../../service/history/rows/message-row.ts'
import { toPriorsEntry } from '../../service/history/rows/priors-row.ts'
import type { Submission } from '../../service/message/submission.ts'
import { fixedModels, type JudgingModels } from '../../service/models/model-ports.ts'
import { loadModels } from '../../service/models/shelf/load-models.ts'
import { createMergePriors } from '../../service/operations/merge-priors.ts'
import { createRememberHistory } from '../../service/operations/history/remember-history.ts'
import { createRememberPriors } from '../../service/operations/history/remember-priors.ts'
import { createScoreSubmission } from '../../service/scoring/score-submission.ts'
import type { Concluded } from '../../service/scoring/scoring-ports.ts'
import { createLmdbCampaignMemory } from '../../service/senders/campaigns/lmdb-campaign-memory.ts'
import type { SenderListeners } from '../../service/senders/sender-listeners.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { address, inProcess, key, limits } from '../scoring/house.ts'
import { policy } from '../verdict/policy.ts'
import { changeHabits } from './change-habits.ts'

export interface ServedHistory {
  readonly reader: ReplayReader & EvidenceReader & SpanReader
  readonly set: JudgingModels
  readonly verdicts: Readonly<Record<string, number>>
  /** Of habits, beside those that verdicts tell of. */
  readonly changes: number
  /** Everything that is recorded is in the reader's view afterwards. */
  say(entries: readonly HistoryEntry[]): Promise<void>
  close(): Promise<void>
}

export interface ServeOptions {
  readonly messages: number
  readonly personas: number
  readonly onProgress?: (done: number) => void
}

const firstDay = Date.UTC(2026, 1, 2)
/** Of so many submitted at once, some are of one sender. */
const atOnce = 8
/** Messages after which the installation's counts follow: in service a quarter of an hour. */
const mergeEvery = 64

/**
 * Synthetic mail through the service's own scoring: LMDB, the bundled models, history in the embedded ClickHouse. Senders share domains;
 * now and then habits are changed as operators and imports change them.
 */
export async function serveHistory({ messages, personas, onProgress }: ServeOptions): Promise<ServedHistory> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-parity-'))
  const storage = await openStorage({ directory: join(directory, 'state') })
  const metrics = createMetrics()
  const log = silentLogger
  const history = openHistory({
    url: 'embedded', user: 'default', password: undefined, directory: join(directory, 'clickhouse'),
    placement: { database: 'sluice', cluster: null, retentionDays: 3_650 },
    maxMemoryMiB: 1_000, maxWaitingRows: 1_000_000, storage, log, metrics
  }) // prettier-ignore
  let now = firstDay
  let changes = 0
  const clock = (): number => now
  const rememberPriors = createRememberPriors({
    record: (step) => history.record(toPriorsEntry(step)),
    told: storage.table('history.priors'),
    clock
  })
  const listeners: SenderListeners = {
    onHabits(change) {
      changes += 1
      history.record(toHabitsEntry({ ...change, at: now }))
    },
    onPriors: (step) => rememberPriors.onPriors(step)
  }
  const senders = createLmdbSenderStore({ storage, key, listeners })
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const merging = createMergePriors({ priors: senders.priors, accept, remember: rememberPriors, log })
  const loaded = await loadModels({ directory: join(directory, 'models'), backend: 'wasm', log })
  const set: JudgingModels = { models: loaded.scoring, background: loaded.background, shadows: [] }
  const remember = createRememberHistory({
    record: (facts) => history.record(toMessageEntry(facts)),
    hashOf: () => '',
    featureDigest: behaviourDigest,
    habitsOf: (sender) => senders.habits(sender),
    clock
  })
  const concluded: Concluded[] = []
  let ids = 0
  const score = createScoreSubmission({
    observer: inProcess,
    senders,
    campaigns: createLmdbCampaignMemory(storage),
    models: fixedModels(set.models, set.background),
    accept,
    policy,
    limits: { ...limits, messagesPerDay: 10_000, recipientsPerDay: 10_000 },
    clock,
    newId: () => `verdict-${(ids += 1)}`,
    metrics,
    log,
    maxPending: 1_000,
    onConcluded: (one) => {
      remember(one)
      concluded.push(one)
    }
  })

  const verdicts: Record<string, number> = {}
  const mail = mailOf(personas, messages)
  await merging.merge()
  for (let from = 0; from < mail.length; from += atOnce) {
    const some = mail.slice(from, from + atOnce)
    now = Math.max(now, ...some.map(({ receivedAt }) => receivedAt))
    const outcomes = await Promise.all(some.map((one, index) => ask(score, one, from + index)))
    for (const outcome of outcomes) verdicts[outcome] = (verdicts[outcome] ?? 0) + 1
    await accept(() => changeHabits(senders, concluded, from / atOnce, now))
    if (from % mergeEvery === 0) await merging.merge()
    onProgress?.(Math.min(mail.length, from + atOnce))
  }
  await history.drain()
  return {
    reader: {
      ...createReplayReader(history),
      ...createEvidenceReader(history),
      ...createSpanReader(history)
    },
    set,
    verdicts,
    changes,
    async say(entries) {
      await storage.transaction(() => entries.forEach((entry) => history.record(entry)))
      await history.drain()
    },
    async close() {
      await merging.close()
      loaded.close()
      await history.close()
      await storage.close()
      await rm(directory, { recursive: true, force: true })
    }
  }
}

type Score = ReturnType<typeof createScoreSubmission>

/** Every eleventh is asked about twice: by its envelope, then with its content. */
async function ask(score: Score, submission: Submission, number: number): Promise<string> {
  if (number % 11 !== 5) return kindOf(await score(submission))
  const queued = { ...submission, requestKind: 'queue' as const, requestId: `Q${number}`, caller: 'mta:mx1' }
  await score({ ...queued, raw: new Uint8Array(), shows: 'envelope' })
  return kindOf(await score({ ...queued, id: `${submission.id}-again` }))
}

function kindOf(outcome: Awaited<ReturnType<Score>>): string {
  return outcome.kind === 'scored' ? outcome.verdict.verdict : outcome.kind
}

const domains = 6

/** In order of time; some messages of senders whose mail is taken for another's are as good as attacks. */
function mailOf(personas: number, messages: number): readonly Submission[] {
  const each = Math.ceil(messages / personas)
  const senders = createPersonas({ seed: 'parity', count: personas }).map((persona, index) => ({
    user: `person${index}@firm${index % domains}.example`,
    mail: generateHistory(persona, {
      from: firstDay,
      days: Math.ceil((1.7 * each) / persona.messagesPerDay)
    }).slice(0, each)
  }))
  return senders
    .flatMap(({ user, mail }, index) =>
      mail.map((one, place) => {
        const stranger = senders[(index + 1) % senders.length]?.mail[place]
        return toSubmission(
          place % 23 === 17 && stranger ? { ...stranger, receivedAt: one.receivedAt } : one,
          user
        )
      })
    )
    .toSorted((one, other) => one.receivedAt - other.receivedAt)
    .map((one, index) => ({ ...one, id: `m${index}` }))
}

function toSubmission(
  { raw, client, envelope, receivedAt, id }: SyntheticSubmission,
  user: string
): Submission {
  return {
    id,
    requestId: null,
    caller: 'smtp',
    receivedAt,
    sender: null,
    client: { ...client, port: null, tls: null },
    auth: { user, method: 'PLAIN' },
    envelope: { mailFrom: address(envelope.mailFrom), rcptTo: envelope.rcptTo.map(address) },
    raw,
    sizeBytes: raw.length,
    learn: 'auto',
    explain: false
  }
}
