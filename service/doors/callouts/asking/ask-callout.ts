import { setTimeout as sleep } from 'node:timers/promises'
import type { ByteBudget } from '../../../access/byte-budget.ts'
import { parseAddress, type Address } from '../../../message/address.ts'
import { takeIdentity } from '../../../message/identity-header.ts'
import type { HoldFate, Submission } from '../../../message/submission.ts'
import type { ScoreSubmission } from '../../../scoring/scoring-ports.ts'
import type { Logger } from '../../../telemetry/logger.ts'
import type { Metrics } from '../../../telemetry/metrics.ts'
import { answerOf, failureOf, type CalloutAnswer, type FailureCause } from './callout-answer.ts'
import type { CalloutRequest } from './callout-request.ts'
import type { HoldExpression } from '../clients/client-kinds.ts'
import type { ChooseClient, ClientProfile } from '../clients/client-profile.ts'

export interface AskCalloutOptions {
  readonly score: ScoreSubmission
  readonly chooseClient: ChooseClient
  /** Without a verdict by then the answer is the profile's `onFailure`; the verdict is recorded all the same. */
  readonly deadlineMs: number
  /** What messages that are being judged may take together, those that were answered without a verdict included: they are still in work. */
  readonly budget: ByteBudget
  readonly newId: () => string
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
  /** Who keeps count of what clients ask. */
  readonly onAnswered?: (request: CalloutRequest, answer: CalloutAnswer) => void
}

/** One question, one answer, within the deadline. Never rejects. */
export type AskCallout = (request: CalloutRequest) => Promise<CalloutAnswer>

/** The seam of every callout protocol: question → submission → verdict → what this client is to do. */
export function createAskCallout(options: AskCalloutOptions): AskCallout {
  const { chooseClient, deadlineMs, metrics, onAnswered } = options
  return async function askCallout(request) {
    const profile = chooseClient(request)
    const answer =
      request.isUnread === true
        ? failureOf('overloaded', profile)
        : await within(deadlineMs, judge(request, profile, options), () => failureOf('deadline', profile))
    metrics.count('sluice_callouts_total', { client: profile.name, disposition: answer.disposition })
    onAnswered?.(request, answer)
    return answer
  }
}

async function judge(
  request: CalloutRequest,
  profile: ClientProfile,
  { score, newId, clock, log, budget }: AskCalloutOptions
): Promise<CalloutAnswer> {
  const bytes = request.raw?.length ?? 0
  if (!budget.take(bytes)) return failureOf('overloaded', profile)
  try {
    const outcome = await score(toSubmission(request, profile, newId(), clock()))
    return outcome.kind === 'scored'
      ? answerOf(outcome.verdict, profile)
      : failureOf(causes[outcome.kind], profile)
  } catch (error) {
    log.error('callouts.scoring_failed', { client: profile.name, error })
    return failureOf('failed', profile)
  } finally {
    budget.give(bytes)
  }
}

const causes = { overloaded: 'overloaded', 'id-reused': 'failed' } as const satisfies Record<
  string,
  FailureCause
>

async function within(
  deadlineMs: number,
  answer: Promise<CalloutAnswer>,
  late: () => CalloutAnswer
): Promise<CalloutAnswer> {
  const inTime = new AbortController()
  const deadline = sleep(deadlineMs, undefined, { signal: inTime.signal }).then(late, late)
  try {
    return await Promise.race([answer, deadline])
  } finally {
    inTime.abort()
  }
}

/** What is not given is not known: nobody's own words are put in its place. */
function toSubmission(
  request: CalloutRequest,
  profile: ClientProfile,
  id: string,
  receivedAt: number
): Submission {
  const { client, authMethod, mailFrom, rcptTo, queueId, sizeBytes } = request
  const { raw, sender, user } = identify(request, profile)
  return {
    id,
    requestId: queueId,
    requestKind: 'queue',
    caller: `mta:${profile.mta}`,
    receivedAt,
    sender,
    client,
    auth: user === null ? null : { user, method: authMethod },
    envelope: { mailFrom: toAddress(mailFrom), rcptTo: rcptTo.flatMap((text) => toAddress(text) ?? []) },
    raw: raw ?? new Uint8Array(),
    sizeBytes,
    shows: raw === null ? 'envelope' : 'whole',
    learn: profile.trusted ? 'auto' : 'never',
    onHold: fates[profile.hold],
    shadow: profile.mode === 'shadow',
    explain: false
  }
}

/** Who has logged in is who they are; only where the protocol cannot say so, the mail server's own header field is asked. */
function identify(
  { raw, user }: CalloutRequest,
  { identityHeader: name, trusted }: ClientProfile
): { raw: Uint8Array | null; sender: string | null; user: string | null } {
  const loggedIn = user === '' ? null : user
  if (name === null || raw === null) return { raw, sender: null, user: loggedIn }
  const taken = takeIdentity(raw, { name, pattern: null }, trusted && loggedIn === null)
  return { raw: taken.raw, sender: taken.identity, user: loggedIn }
}

const fates = {
  quarantine: 'kept',
  tempfail: 'refused',
  reject: 'refused',
  route: 'rerouted',
  label: 'kept'
} as const satisfies Record<HoldExpression, HoldFate>

/** `<a@b>`, `a@b`; a name without a domain is a mailbox of this host (RFC 5321 section 4.1.1.3). Empty: the null sender. */
function toAddress(text: string): Address | null {
  const bare = text.trim().replace(/^<(?<path>.*)>$/u, '$<path>')
  if (bare === '') return null
  return parseAddress(bare) ?? parseAddress(`${bare}@localhost`) ?? null
}
