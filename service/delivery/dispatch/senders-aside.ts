import type { Allowances } from './throttles/allowances.ts'

/** Senders whose mail has to wait: it stays on disk, so that it takes nobody's place in memory. */
export interface SendersAside {
  /** Whether a job of the sender may begin now; if not, the sender's mail is set aside until then. */
  isFree(sender: string, now: number): boolean
  isAside(sender: string, now: number): boolean
  /** Those who may go on; each is told once. */
  freed(now: number): readonly string[]
  /** When the next of them may go on. Epoch ms; Infinity: none does by time alone. */
  wakesAt(now: number): number
  /** What holds a sender's mail back; null: nothing. */
  blockOf(sender: string, now: number): string | null
}

/** Senders set aside in memory; more are found by the sweep. */
const maxAside = 10_000

export function createSendersAside(allowances: Pick<Allowances, 'ofSender'>): SendersAside {
  const aside = new Set<string>()
  const freeAt = (sender: string, now: number): number => allowances.ofSender(sender).freeAt(now)
  return {
    isFree(sender, now) {
      if (sender === '' || freeAt(sender, now) <= now) return true
      if (aside.size < maxAside) aside.add(sender)
      return false
    },
    isAside: (sender, now) => aside.has(sender) && freeAt(sender, now) > now,
    freed(now) {
      const freed = [...aside].filter((sender) => freeAt(sender, now) <= now)
      for (const sender of freed) aside.delete(sender)
      return freed
    },
    wakesAt: (now) =>
      [...aside].reduce((first, sender) => Math.min(first, Math.max(now, freeAt(sender, now))), Infinity),
    blockOf: (sender, now) =>
      sender !== '' && freeAt(sender, now) > now ? `throttle of sender ${sender}` : null
  }
}
