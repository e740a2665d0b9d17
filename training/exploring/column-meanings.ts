import type { Installation } from './open-installation.ts'

/** What the tables of history hold, and what each column says. */
export const tableMeanings: Readonly<Record<string, string>> = {
  messages: 'one row a submission that was scored: what it showed, what the models said, what was decided',
  deliveries:
    'one row an outcome of one recipient: accepted, deferred, delivered, bounced, expired, cancelled',
  feedback: 'what somebody said of a message: labels',
  holds: 'each step of a hold: held, hardened, released, rejected, expired',
  containment: 'each change of a sender’s state: normal, watched, restricted, suspended',
  model_events: 'what happened to models: loaded, shadowed, promoted, rolled back, refused',
  habits:
    'changes of a sender’s habits that no verdict tells of: released, un-learned, vouched for, imported',
  priors: 'what the installation’s senders have in common, as each merge left it: counts by hashed keys',
  verdicts_daily: 'messages by day, decision and caller, counted as they arrive: for charts',
  reasons_daily: 'reasons of what was not allowed, by day: for charts'
}

const everywhere: Readonly<Record<string, string>> = {
  sender: 'keyed hash of who sends; its last part is the domain’s',
  submission_id: 'names the message in all tables',
  verdict_id: 'names the verdict: what feedback refers to',
  at: 'when it happened'
}

const ofTable: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  messages: {
    received_at: 'when a door took it; months are partitions',
    decided_at: 'when it was decided last: of rows with one id the newest stands (`FINAL`)',
    strength: 'how sure the identity is: authenticated, header, envelope',
    caller: 'who handed it in: smtp, a mail server, a token',
    message_id_hash: 'keyed hash of its Message-ID',
    size_bytes: 'of the raw message',
    shows: 'whole, envelope (nothing but the envelope was shown), unreadable',
    shadow: 'judged for a trial, without a say',
    attributes:
      'what client and headers look like: network, program, zone, structure; values are text or hashes',
    hour: 'local hour of the sender, 0-23',
    weekday: 'local weekday, 0 = Sunday',
    recipients: 'keyed hashes of the people written to',
    recipient_domains: 'keyed hashes of their domains',
    thread_message_id: 'keyed hash: this message in its thread',
    thread_parents: 'keyed hashes of the messages that it answers',
    thread_subject: 'keyed hash of the subject without “Re:”',
    link_hosts: 'keyed hashes of hosts that links lead to',
    link_domains: 'keyed hashes of their registered domains',
    as_name: 'who operates the client’s network',
    claims: 'what headers claim and nobody has proven: bulk, automatic, list',
    authored_chars: 'length of what the sender wrote, quotes left out',
    authored_words: 'the same in words',
    quoted_fraction: 'share of quoted text',
    style_words: 'hashes of frequent words: how somebody writes',
    style_grams: 'hashes of letter sequences',
    style_gram_counts: 'how often each of them occurs',
    style_rates: 'punctuation, capitals, line lengths, …',
    content_tokens: 'hashed words that the content model reads',
    content_structure: 'links, forms, attachments, money, urgency: numbers that the content model reads',
    content_passages: 'hashed words of single passages, so that one bad line does not drown',
    features: 'what the takeover model was shown: the message compared with its sender’s habits',
    feature_digest: 'names and order of these features',
    risk_logit: 'log-odds of all risk together: what is compared with the thresholds',
    takeover_logit: 'what the takeover model said (log-odds)',
    spam_logit: 'what the content model said (log-odds)',
    verdict: 'what was answered: allow, hold, block',
    judged: 'what the judgement was; differs from `verdict` where Sluice only watches',
    learned: 'it became part of the sender’s habits',
    charged: 'it counted against the sender’s limits',
    containment: 'the sender’s state at that time',
    priority: 'urgent, normal, bulk',
    reasons: 'codes, the weightiest first: docs/reference/reasons.md',
    contributions:
      'what each reason adds to the log-odds; with all of them and BASELINE they sum to the risk',
    hold_threshold: 'probability of risk from which it would be held',
    block_threshold: 'probability of spam from which it would be blocked',
    takeover_model: 'version that judged; empty: none',
    content_model: 'version that read; empty: none',
    priors: 'version of the installation’s counts that it was judged by',
    duration_ms: 'how long judging took',
    content_reading: 'what the content model said of the whole and of each passage',
    habits: 'number of the last change of the sender’s habits that it was judged by',
    habits_made: 'number of the change that it made; 0: none'
  },
  deliveries: {
    queue_id: 'names the message in the queue',
    recipient: 'keyed hash',
    recipient_domain: 'keyed hash',
    outcome: 'accepted, deferred, delivered, bounced, expired, cancelled',
    attempt: 'number of the attempt',
    reply: 'what the other host said, without addresses',
    status: 'enhanced status (RFC 3463), such as 5.1.1',
    route: 'the way out that was taken',
    mx: 'who runs the host that was asked',
    duration_ms: 'of the attempt'
  },
  feedback: {
    id: 'of this word',
    label: 'legitimate, spam, phishing, takeover',
    source: 'who said it: operator, sender, recipient, fbl, system',
    stands: 'false: somebody more trusted had said otherwise'
  },
  holds: {
    hold_id: 'names the hold',
    event: 'held, hardened, released, rejected, expired',
    kind: 'soft (looked at again by itself) or hard',
    risk: 'probability when it was held',
    reasons: 'codes, the weightiest first',
    decided_by: 'whose token; `deadline` and `vouching` are Sluice itself'
  },
  containment: {
    state: 'normal, watched, restricted, suspended',
    before: 'the state before',
    cause: 'held, complaint, takeover, time, operator, vouched, …',
    ref: 'the verdict or the person behind it'
  },
  model_events: {
    name: 'content or takeover',
    version: 'of the model',
    event: 'loaded, shadowed, promoted, rolled_back, refused',
    by: 'start, reload, or whose token',
    facts: 'JSON: why, against which version, how well'
  },
  habits: {
    number: 'counts the changes of this sender’s habits',
    act: 'learned, vouched, relearned, withdrawn, forgotten, confirmed, past',
    submissions: 'the messages concerned',
    now: 'the moment that the act was given',
    shown: 'JSON of what was learned, where the message’s own row does not show it'
  },
  priors: {
    kind: 'people, links, values',
    version: 'counts the merges',
    part: 'long ones come in parts',
    whole: 'all counts, not only those that changed',
    coverage: 'share of senders that the counts know',
    keys: 'hashes of hashes',
    counts: 'beside the keys'
  },
  verdicts_daily: {
    day: 'by UTC',
    judged: 'allow, hold, block',
    verdict: 'what was answered',
    caller: 'who handed them in',
    messages: 'how many; SummingMergeTree: sum it'
  },
  reasons_daily: {
    day: 'by UTC',
    reason: 'code',
    judged: 'hold, block',
    messages: 'how many; SummingMergeTree: sum it'
  }
}

export interface DescribedColumn {
  readonly column: string
  readonly type: string
  readonly meaning: string
}

/** The columns of a table as the server has them, in order, with what they mean; '' for one that nobody has described. */
export async function describeColumns(
  { rows, database }: Pick<Installation, 'rows' | 'database'>,
  table: string
): Promise<readonly DescribedColumn[]> {
  const found = await rows<{ name: string; type: string }>(
    'SELECT name, type FROM system.columns WHERE database = {database: String} AND table = {table: String} ORDER BY position',
    { database, table }
  )
  return found.map(({ name, type }) => ({
    column: name,
    type,
    meaning: meaningOf(table, name)
  }))
}

export function meaningOf(table: string, column: string): string {
  return ofTable[table]?.[column] ?? everywhere[column] ?? ''
}

/** All tables of history, with what they hold and how many rows. */
export async function describeTables({ rows, database }: Pick<Installation, 'rows' | 'database'>) {
  const found = await rows<{ name: string; total_rows: number }>(
    `SELECT name, total_rows FROM system.tables WHERE database = {database: String} AND name IN {names: Array(String)}`,
    { database, names: Object.keys(tableMeanings) }
  )
  const counts = new Map(found.map(({ name, total_rows: count }) => [name, count]))
  return Object.entries(tableMeanings).map(([table, holds]) => ({
    table,
    rows: counts.get(table) ?? 0,
    holds
  }))
}
