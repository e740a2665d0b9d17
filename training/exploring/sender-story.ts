import { replayHistory } from '../history/replay-history.ts'
import type { Installation } from './open-installation.ts'

/** One message of a sender, as history tells of it. Names are keyed hashes. */
export interface ToldMessage {
  readonly id: string
  /** RFC 3339. */
  readonly at: string
  /** Local, 0-24. */
  readonly hour: number
  readonly weekday: number
  readonly network: string
  readonly program: string
  readonly recipients: number
  readonly words: number
  readonly links: number
  /** Probability. */
  readonly risk: number | null
  readonly threshold: number
  readonly judged: string
  readonly containment: string
  /** What people said of it; '' for nothing. */
  readonly said: string
}

/** Everything that one sender wrote, in order of time. */
export async function tellMessages(
  { rows }: Pick<Installation, 'rows'>,
  sender: string
): Promise<readonly ToldMessage[]> {
  return await rows<ToldMessage>(
    `SELECT m.submission_id AS id, formatDateTime(m.received_at, '%Y-%m-%dT%H:%i:%SZ') AS at, hour, weekday,
       if(as_name = '', 'unknown network', concat(attributes['country'], ' ', as_name)) AS network,
       if(attributes['clientFamily'] = '', 'no program named', attributes['clientFamily']) AS program,
       length(recipients) AS recipients, toUInt32(authored_words) AS words, length(link_hosts) AS links,
       1 / (1 + exp(-risk_logit)) AS risk, hold_threshold AS threshold, judged, containment, said
     FROM messages AS m FINAL
     LEFT JOIN (SELECT submission_id, arrayStringConcat(groupArray(source || ': ' || label), ', ') AS said
                FROM (SELECT * FROM feedback FINAL WHERE sender = {sender: String} ORDER BY feedback.at) GROUP BY submission_id) AS f
       ON f.submission_id = m.submission_id
     WHERE sender = {sender: String} ORDER BY m.received_at`,
    { sender }
  )
}

/** Senders who had something decided or said about them, those with most of it first. */
export async function findTroubled({ rows }: Pick<Installation, 'rows'>) {
  return await rows<{
    sender: string
    messages: number
    held: number
    takeovers: number
    complaints: number
  }>(
    `SELECT sender, count() AS messages, countIf(judged != 'allow') AS held,
       countIf(submission_id IN (SELECT submission_id FROM feedback FINAL WHERE stands AND label = 'takeover')) AS takeovers,
       countIf(submission_id IN (SELECT submission_id FROM feedback FINAL WHERE stands AND source IN ('fbl', 'recipient'))) AS complaints
     FROM messages FINAL GROUP BY sender HAVING held + takeovers + complaints > 0
     ORDER BY takeovers DESC, held DESC, sender`
  )
}

export interface ToldReason {
  readonly reason: string
  /** Signed log-odds. */
  readonly contribution: number
}

/** Why a message was judged as it was: what each reason added. With BASELINE they sum to the log-odds of risk, if all were recorded. */
export async function tellReasons(
  { rows }: Pick<Installation, 'rows'>,
  submissionId: string
): Promise<readonly ToldReason[]> {
  return await rows<ToldReason>(
    `SELECT reason, contribution FROM messages FINAL ARRAY JOIN reasons AS reason, contributions AS contribution
     WHERE submission_id = {id: String}`,
    { id: submissionId }
  )
}

export interface ToldHabits {
  readonly messagesSeen: number
  /** Decayed messages by local hour. */
  readonly hours: readonly number[]
  /** Sunday first. */
  readonly weekdays: readonly number[]
  readonly people: number
  readonly linkDomains: number
}

/** The sender’s habits as they stood when this message was judged: learned again from history, message by message. null: it is not there. */
export async function habitsBefore(
  { reader }: Pick<Installation, 'reader'>,
  sender: string,
  submissionId: string
): Promise<ToldHabits | null> {
  for await (const { row, profile } of replayHistory({ reader, senders: [sender] })) {
    if (row.submission_id !== submissionId) continue
    const { messagesSeen, hours, weekdays, people, linkDomains } = profile
    return {
      messagesSeen,
      hours: [...hours],
      weekdays: [...weekdays],
      people: people.keys.length,
      linkDomains: linkDomains.keys.length
    }
  }
  return null
}
