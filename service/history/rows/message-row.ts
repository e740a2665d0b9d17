import type { Observation } from '../../observation/observation.ts'
import type { Verdict } from '../../verdict/verdict.ts'
import type { HistoryEntry } from './history-entry.ts'

/** What one scored submission leaves in history. Logits and features as the models gave and saw them: training must find the same bits. */
export interface MessageFacts {
  readonly submissionId: string
  /** Keyed hash. */
  readonly sender: string
  /** Who handed it in: `smtp`, `mta:mx1`, a token's id. */
  readonly caller: string
  /** Epoch ms. */
  readonly receivedAt: number
  readonly decidedAt: number
  /** Keyed hash of the Message-ID; '' for none. */
  readonly messageIdHash: string
  readonly shadow: boolean
  readonly sizeBytes: number
  /** null: the message could not be read. */
  readonly observation: Observation | null
  readonly features: Float32Array | null
  /** Names and order of the features. */
  readonly featureDigest: string
  readonly riskLogit: number | null
  readonly takeoverLogit: number | null
  readonly spamLogit: number | null
  readonly verdict: Verdict
  readonly judged: Verdict['verdict']
  readonly learned: boolean
  readonly charged: boolean
  /** Version of the installation's counts that it was judged by. */
  readonly priors: number
}

export function toMessageEntry(facts: MessageFacts): HistoryEntry {
  const { sender } = facts
  return {
    table: 'messages',
    sender,
    columns: { ...identification(facts), ...observed(facts.observation), ...judgement(facts) }
  }
}

function identification(facts: MessageFacts): HistoryEntry['columns'] {
  const { verdict, observation } = facts
  return {
    submission_id: facts.submissionId,
    verdict_id: verdict.id,
    received_at: facts.receivedAt,
    decided_at: facts.decidedAt,
    sender: facts.sender,
    strength: verdict.sender.strength,
    caller: facts.caller,
    message_id_hash: facts.messageIdHash,
    size_bytes: facts.sizeBytes,
    shows: observation === null ? 'unreadable' : (observation.shows ?? 'whole'),
    shadow: facts.shadow
  }
}

/** Lists of numbers as typed arrays: a third of the size on disk. */
function observed(observation: Observation | null): HistoryEntry['columns'] {
  if (observation === null) return {}
  const { recipients, thread, links, style, content } = observation
  return {
    attributes: observation.attributes,
    hour: observation.hour,
    weekday: observation.weekday,
    recipients: recipients.map(({ person }) => person),
    recipient_domains: recipients.map(({ domain }) => domain),
    thread_message_id: thread.messageId,
    thread_parents: thread.parents,
    thread_subject: thread.subject,
    link_hosts: links.map(({ host }) => host),
    link_domains: links.map(({ domain }) => domain),
    as_name: observation.asName,
    claims: observation.claims,
    authored_chars: style.authoredChars,
    authored_words: style.authoredWords,
    quoted_fraction: style.quotedFraction,
    style_words: Uint32Array.from(style.words),
    style_grams: Uint32Array.from(style.grams),
    style_gram_counts: Uint32Array.from(style.gramCounts),
    style_rates: Float64Array.from(style.rates),
    content_tokens: Uint32Array.from(content.tokens),
    content_structure: Float64Array.from(content.structure),
    content_passages: content.passages.map((passage) => Uint32Array.from(passage))
  }
}

function judgement(facts: MessageFacts): HistoryEntry['columns'] {
  const { verdict, features } = facts
  return {
    features: features ?? new Float32Array(),
    feature_digest: facts.featureDigest,
    risk_logit: facts.riskLogit,
    takeover_logit: facts.takeoverLogit,
    spam_logit: facts.spamLogit,
    verdict: verdict.verdict,
    judged: facts.judged,
    learned: facts.learned,
    charged: facts.charged,
    containment: verdict.sender.containment,
    priority: verdict.priority.label,
    reasons: verdict.reasons.map(({ code }) => code),
    contributions: Float64Array.from(verdict.reasons, ({ contribution }) => contribution),
    hold_threshold: verdict.thresholds.hold,
    block_threshold: verdict.thresholds.block,
    takeover_model: verdict.models.takeover ?? '',
    content_model: verdict.models.content ?? '',
    priors: facts.priors,
    duration_ms: verdict.durationMs
  }
}
