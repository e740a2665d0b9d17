import { createHash } from 'node:crypto'

/** The fifth of the senders that nothing may learn from, set a threshold by or look at before the last measurement: sha256(address) mod 5 = 0. */
export function isKeptForTheEnd(address: string): boolean {
  const digest = createHash('sha256').update(address.toLowerCase()).digest('hex')
  return BigInt(`0x${digest}`) % 5n === 0n
}
