import type { StoredMessage } from '../../service/history/rows/read-message-row.ts'
import type { Observation } from '../../service/observation/observation.ts'

export interface StoredTraits {
  readonly id: string
  readonly sender?: string
  readonly habits: number
  readonly habitsMade: number
  readonly learned?: boolean
  readonly judged?: string
}

/** The row that the reader would give of this observation: for rehearsals without a server. */
export function asStored(
  observation: Observation,
  { id, sender = 's1', habits, habitsMade, learned = habitsMade > 0, judged = 'allow' }: StoredTraits
): StoredMessage {
  const { recipients, thread, links, style, content, attributes } = observation
  return {
    submission_id: id, verdict_id: `v-${id}`, received_at: observation.receivedAt, sender,
    strength: 'authenticated', caller: 'smtp', size_bytes: observation.sizeBytes, shows: 'whole', attributes,
    hour: observation.hour, weekday: observation.weekday,
    recipients: recipients.map(({ person }) => person), recipient_domains: recipients.map(({ domain }) => domain),
    thread_message_id: thread.messageId, thread_parents: thread.parents, thread_subject: thread.subject,
    link_hosts: links.map(({ host }) => host), link_domains: links.map(({ domain }) => domain),
    as_name: observation.asName, claims: observation.claims,
    authored_chars: style.authoredChars, authored_words: style.authoredWords, quoted_fraction: style.quotedFraction,
    style_words: style.words, style_grams: style.grams, style_gram_counts: style.gramCounts, style_rates: style.rates,
    content_tokens: content.tokens, content_structure: content.structure, content_passages: content.passages,
    features: [], feature_digest: '', risk_logit: null, takeover_logit: null, spam_logit: null,
    verdict: judged, judged, reasons: [], learned, charged: true, takeover_model: '', content_model: '',
    priors: 0, content_reading: [], habits, habits_made: habitsMade
  } // prettier-ignore
}
