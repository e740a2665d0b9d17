import type { Envelope } from '../../message/envelope.ts'
import type { SenderIdentity } from '../../message/sender-identity.ts'
import type { Submission } from '../../message/submission.ts'
import { showsOwnHabit } from '../../scoring/learn.ts'
import type { Observer, ObserveOutcome } from '../../scoring/scoring-ports.ts'
import type { ImportRecords } from '../../senders/import-records.ts'
import type { ResolveSender } from '../../senders/identity.ts'
import type { PastLearned, SenderKey, SenderStore } from '../../senders/sender-store.ts'
import { createPastRow, type PastHistory } from './past-row.ts'
import { messageIdOf } from '../trace-header.ts'

/** A message that its owner sent before Sluice saw any: an operator vouches for that. */
export interface PastSubmission {
  readonly owner: string
  /** Epoch ms. */
  readonly receivedAt: number
  readonly client: { readonly ip: string | null; readonly helo: string | null }
  readonly envelope: Envelope
  /** null: a log tells of it, and shows only the envelope. */
  readonly raw: Uint8Array | null
  /** Of envelopes: as the log says; 0: it does not. */
  readonly sizeBytes: number
  /** Of envelopes. */
  readonly messageId: string | null
}

/**
 * `imported`: learned. `not-own`: of its words or recipients its owner chose nothing (an automatic answer). `late`: habits were learned beyond
 * it. Both are only in history. `known`: it was imported or seen before. `future`: its clock was wrong.
 */
export type ImportOutcome =
  | { readonly kind: 'imported' | 'not-own' | 'late' | 'known' | 'future'; readonly sender: string }
  | { readonly kind: 'unreadable'; readonly sender: string; readonly detail: string }

/** Resolves once what it changed is on disk. Rejects where the stores fail. Messages are learned in the order of the calls. */
export type ImportPast = (past: PastSubmission) => Promise<ImportOutcome>

export interface ImportPastOptions {
  readonly observer: Pick<Observer, 'observe'>
  readonly senders: Pick<SenderStore, 'keyOf' | 'learnPast' | 'habits'>
  readonly resolveSender: ResolveSender
  readonly records: ImportRecords
  /** null: there is none. */
  readonly history: PastHistory | null
  /** With the installation's key: the same for the same parts. */
  readonly digestOf: (parts: readonly (string | Uint8Array)[]) => string
  /** Who operates which network is known. */
  readonly networksReady: () => Promise<unknown>
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  /** Epoch ms. */
  readonly clock: () => number
}

/** What of it stands behind the moment that an hour's wrong clock makes of now. */
const maxAheadMs = 3_600_000
/** Messages that one transaction takes: some 10 ms, in which nobody is answered. */
const maxTogether = 32

interface Arrived {
  readonly past: PastSubmission
  readonly identity: SenderIdentity
  readonly sender: SenderKey
  readonly mark: string
  readonly messageId: string | null
  /** null: while a worker reads it. */
  observed: ObserveOutcome | null
  readonly done: PromiseWithResolvers<ImportOutcome>
}

type Readable = Arrived & { readonly observed: Extract<ObserveOutcome, { kind: 'observed' }> }

/**
 * Mail of the past is observed like any other and becomes part of its owner's habits, in its place in time. It is not scored, charged, or
 * counted, and no campaign is found in it. Workers read several messages at once; they are learned in order, some together.
 */
export function createImportPast(options: ImportPastOptions): ImportPast {
  const { observer, senders, resolveSender, records, digestOf, networksReady, accept, clock } = options
  const commit = createCommitPast(options)
  const waiting: Arrived[] = []
  let isCommitting = false

  async function commitReady(): Promise<void> {
    if (isCommitting) return
    isCommitting = true
    for (let ready = takeReady(waiting); ready.length > 0; ready = takeReady(waiting)) await settle(ready)
    isCommitting = false
  }

  async function settle(ready: readonly Arrived[]): Promise<void> {
    try {
      await options.history?.makeRoom()
      const outcomes = await accept(() => commit(ready))
      for (const [index, { done }] of ready.entries()) done.resolve(outcomes[index] ?? lost())
    } catch (error) {
      for (const { done } of ready) done.reject(error)
    }
  }

  return async function importPast(past) {
    const { owner, envelope, receivedAt } = past
    const identity = resolveSender({ sender: owner, auth: null, envelope })
    const sender = senders.keyOf(identity.id)
    if (receivedAt > clock() + maxAheadMs) return { kind: 'future', sender: identity.id }
    const messageId = past.raw === null ? past.messageId : messageIdOf(past.raw)
    const mark = digestOf([sender, ...sameness(past, messageId)])
    if (records.has(sender, mark, clock())) return { kind: 'known', sender: identity.id }
    const done = Promise.withResolvers<ImportOutcome>()
    const arrived: Arrived = { past, identity, sender, mark, messageId, observed: null, done }
    waiting.push(arrived)
    arrived.observed = await observe(past, mark)
    void commitReady()
    return await done.promise
  }

  async function observe(past: PastSubmission, mark: string): Promise<ObserveOutcome> {
    try {
      if (past.client.ip !== null) await networksReady()
      return await observer.observe(toSubmission(past, mark))
    } catch (error) {
      // Those behind it wait for it
      return { kind: 'unreadable', cause: 'worker-lost', detail: String(error) }
    }
  }
}

function lost(): ImportOutcome {
  throw new Error('a message of the past was committed without an outcome')
}

/** From the front, as far as workers have read. */
function takeReady(waiting: Arrived[]): readonly Arrived[] {
  const unread = waiting.findIndex(({ observed }) => observed === null)
  return waiting.splice(0, Math.min(maxTogether, unread < 0 ? waiting.length : unread))
}

/** Inside the transaction: learns and records what is new of these, in their order. */
function createCommitPast({ senders, records, history, clock }: ImportPastOptions) {
  const rowOf = createPastRow(clock)

  return function commitPast(arrived: readonly Arrived[]): readonly ImportOutcome[] {
    const now = clock()
    const outcomes = new Map<Arrived, ImportOutcome>()
    const fresh: Readable[] = []
    for (const one of arrived) {
      const told = toldAtOnce(one, records.has(one.sender, one.mark, now))
      if (told !== null) outcomes.set(one, told)
      else if (isReadable(one)) fresh.push(one)
      if (told === null) records.note(one.sender, one.mark, now)
    }
    for (const [sender, own] of Map.groupBy(fresh, (one) => one.sender)) {
      const habits = senders.habits(sender)
      const learned = learn(sender, own, now)
      for (const one of own) {
        const how = learned.get(one) ?? 'not-own'
        if (how !== 'known') record(one, how === 'learned', habits)
        outcomes.set(one, { kind: how === 'learned' ? 'imported' : how, sender: one.identity.id })
      }
    }
    return arrived.map((one) => outcomes.get(one) ?? lost())
  }

  function learn(
    sender: SenderKey,
    own: readonly Readable[],
    now: number
  ): ReadonlyMap<Readable, PastLearned> {
    const teaching = own.filter(({ observed }) => showsOwnHabit(observed.observation))
    const messages = teaching.map((one) => ({
      submissionId: submissionIdOf(one.mark),
      observation: one.observed.observation
    }))
    const learned = teaching.length === 0 ? [] : senders.learnPast(sender, messages, now)
    return new Map(teaching.map((one, index) => [one, learned[index] ?? 'late']))
  }

  function record(
    { past, sender, mark, messageId, identity, observed }: Readable,
    learned: boolean,
    habits: number
  ): void {
    if (history === null || past.receivedAt < history.keptSince()) return
    const { observation } = observed
    const submissionId = submissionIdOf(mark)
    history.record(rowOf({ submissionId, sender, identity, observation, learned, habits }), messageId)
  }
}

/** null: it is new, and readable. */
function toldAtOnce({ identity, observed }: Arrived, isKnown: boolean): ImportOutcome | null {
  const sender = identity.id
  if (isKnown) return { kind: 'known', sender }
  if (observed?.kind !== 'unreadable') return null
  return { kind: 'unreadable', sender, detail: observed.detail }
}

function isReadable(arrived: Arrived): arrived is Readable {
  return arrived.observed?.kind === 'observed'
}

/**
 * One message may lie in several files, and be told of by a log: its Message-ID is the same in all of them, line ends and quoting are not.
 * Where it has none its bytes tell.
 */
function sameness(
  { raw, receivedAt, envelope }: PastSubmission,
  messageId: string | null
): readonly (string | Uint8Array)[] {
  if (messageId !== null) return ['message-id', messageId]
  return raw === null ? ['envelope', JSON.stringify([receivedAt, envelope])] : ['bytes', raw]
}

/** The same message has the same id for good: a row that is written again takes the place of the first. */
function submissionIdOf(mark: string): string {
  return `import-${mark}`
}

function toSubmission({ owner, client, envelope, raw, receivedAt, sizeBytes }: PastSubmission, mark: string) {
  return {
    id: submissionIdOf(mark),
    requestId: null,
    caller: 'import',
    receivedAt,
    sender: owner,
    client: { ...client, port: null, tls: null },
    auth: null,
    envelope,
    raw: raw ?? new Uint8Array(),
    sizeBytes: raw?.length ?? sizeBytes,
    learn: 'auto',
    explain: false,
    shows: raw === null ? 'envelope' : 'whole'
  } satisfies Submission
}
