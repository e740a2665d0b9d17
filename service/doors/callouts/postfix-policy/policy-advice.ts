import type { Logger } from '../../../telemetry/logger.ts'

/** Faults of a mail server's configuration that nobody would see: each is logged once a client. */
export interface PolicyAdvice {
  /** A recipient came, the first of its message or a further one. */
  recipientSeen(client: string, isFirst: boolean): void
  /** The whole message was asked about; `missing` of its recipients never came. */
  endSeen(client: string, missing: number): void
  /** A held message cannot be routed to us, as nothing was asked before its content came. */
  identityMissing(client: string): void
}

/** So many messages without an end are no accident. */
const messagesWithoutEnd = 100

export function createPolicyAdvice(log: Logger): PolicyAdvice {
  const said = new Set<string>()
  const withoutEnd = new Map<string, number>()

  function warnOnce(event: string, client: string, facts: { missing?: number; remedy: string }): void {
    const key = `${event} ${client}`
    if (said.has(key)) return
    said.add(key)
    log.warn(event, { client, ...facts })
  }

  return {
    recipientSeen(client, isFirst) {
      if (!isFirst) return
      const count = (withoutEnd.get(client) ?? 0) + 1
      withoutEnd.set(client, count)
      if (count < messagesWithoutEnd) return
      warnOnce('callouts.policy_end_of_data_missing', client, {
        remedy: 'No message was judged: add check_policy_service to smtpd_end_of_data_restrictions too'
      })
    },
    endSeen(client, missing) {
      withoutEnd.set(client, 0)
      if (missing === 0) return
      warnOnce('callouts.policy_recipients_missing', client, {
        missing,
        remedy: 'Judged without them: add check_policy_service to smtpd_recipient_restrictions too'
      })
    },
    identityMissing(client) {
      warnOnce('callouts.policy_identity_missing', client, {
        remedy:
          'A held message was answered with 451: add check_policy_service to smtpd_recipient_restrictions too'
      })
    }
  }
}
