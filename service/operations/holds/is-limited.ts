import type { QueuedMessage } from '../../queue/records/queued-message.ts'

/** A limit held it, with or without other reasons: what it costs is charged when it leaves. */
export function isLimited({ hold }: Pick<QueuedMessage, 'hold'>): boolean {
  return hold?.reasons.some((code) => code.startsWith('LIMIT_')) === true
}

/** Its sender was charged for it: when it came, or when it was released. */
export function isCharged(message: Pick<QueuedMessage, 'hold'>): boolean {
  return !isLimited(message) || message.hold?.decision?.kind === 'released'
}
