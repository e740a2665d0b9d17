import { createHash } from 'node:crypto'
import type { Submission } from '../../message/submission.ts'
import type { SenderKey, SenderStore } from '../../senders/sender-store.ts'
import type { Verdict } from '../../verdict/verdict.ts'
import type { ScoreOutcome } from '../scoring-ports.ts'
import type { Remembering } from './remembering.ts'
import { repeated } from './repeated.ts'

/** What makes two submissions one (DESIGN.md section 3): who calls, for whom, with which id; and proof that it is the same message. */
export interface Repeatable {
  readonly sender: SenderKey
  readonly key: string
  readonly digest: string
  readonly requestId: string
}

export interface Idempotency {
  /**
   * Answers a repeated submission with the first verdict; else runs `score`, once, however many of the same key arrive meanwhile.
   * null: the caller gave no key, so the submission is never a repetition.
   */
  once(
    repeatable: Repeatable | null,
    submission: Submission,
    score: () => Promise<ScoreOutcome>
  ): Promise<ScoreOutcome>
  /** How the answer to such a submission is remembered. */
  remembering(repeatable: Repeatable | null): Remembering
}

/** Answers to callers whose requests leave no trace in the store are remembered here only: in memory, the newest ones. */
const maxUntrusted = 2_000

/** A submission's idempotency key, or null. Beside the bytes the digest covers the envelope, each part with its length. */
export function repeatableOf(submission: Submission, sender: SenderKey): Repeatable | null {
  const { requestId, caller, envelope, raw } = submission
  if (requestId === null) return null
  const digest = createHash('sha256')
  const parts = [envelope.mailFrom ?? '', ...envelope.rcptTo]
  digest.update(JSON.stringify(parts)).update('\n').update(raw)
  const key = createHash('sha256')
    .update(JSON.stringify([caller, sender, requestId]))
    .digest('base64url')
  return { sender, key, digest: digest.digest('base64url'), requestId }
}

export function createIdempotency(senders: SenderStore, clock: () => number): Idempotency {
  const running = new Map<string, { readonly digest: string; readonly outcome: Promise<ScoreOutcome> }>()
  const untraced = new Map<string, { readonly digest: string; readonly answer: Verdict }>()

  async function once(
    repeatable: Repeatable | null,
    submission: Submission,
    score: () => Promise<ScoreOutcome>
  ): Promise<ScoreOutcome> {
    if (repeatable === null) return score()
    const { key, digest, requestId } = repeatable
    const first = remembered(repeatable, submission)
    if (first !== undefined)
      return first.digest === digest ? repeated(first.answer) : { kind: 'id-reused', requestId }
    const other = running.get(runningKey(key, submission))
    if (other !== undefined)
      return other.digest === digest ? asRepeated(await other.outcome) : { kind: 'id-reused', requestId }
    return run(repeatable, submission, score)
  }

  async function run(
    { key, digest }: Repeatable,
    submission: Submission,
    score: () => Promise<ScoreOutcome>
  ): Promise<ScoreOutcome> {
    const outcome = score()
    const place = runningKey(key, submission)
    running.set(place, { digest, outcome })
    try {
      return await outcome
    } finally {
      running.delete(place)
    }
  }

  function remembered(
    { sender, key }: Repeatable,
    submission: Submission
  ): { digest: string; answer: Verdict } | undefined {
    const durable = senders.remembered(sender, key, clock())
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only scoring writes these, and only verdicts
    if (durable !== undefined) return { digest: durable.digest, answer: durable.answer as Verdict }
    return submission.learn === 'never' ? untraced.get(key) : undefined
  }

  function keepUntraced(key: string, digest: string, answer: Verdict): void {
    untraced.set(key, { digest, answer })
    if (untraced.size <= maxUntrusted) return
    const [oldest] = untraced.keys()
    if (oldest !== undefined) untraced.delete(oldest)
  }

  function remembering(repeatable: Repeatable | null): Remembering {
    if (repeatable === null) return { durable: null, untraced: () => undefined }
    const { sender, key, digest } = repeatable
    return {
      durable: ({ answer }) => senders.remember(sender, key, { digest, at: clock(), answer }),
      untraced: ({ answer }) => keepUntraced(key, digest, answer)
    }
  }

  return { once, remembering }
}

/** A trial run with `learn: never` is not the message itself. */
function runningKey(key: string, { learn }: Submission): string {
  return `${learn}:${key}`
}

function asRepeated(outcome: ScoreOutcome): ScoreOutcome {
  return outcome.kind === 'scored' ? repeated(outcome.verdict) : outcome
}
