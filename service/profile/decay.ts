/** What is left of a weight after `messages` more messages of this sender: half after each `halfLife`. */
export function decayed(weight: number, messages: number, halfLife: number): number {
  return messages <= 0 ? weight : weight * 2 ** (-messages / halfLife)
}

/** The factor of one message. */
export function decayPerMessage(halfLife: number): number {
  return 2 ** (-1 / halfLife)
}
