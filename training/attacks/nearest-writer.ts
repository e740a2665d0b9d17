import { splitAuthored } from '../../service/observation/split-authored.ts'
import { readableText } from './writer/mail-template.ts'
import type { ReadMail } from './victim.ts'

/** How a sender writes: weights of words, rare ones more, at length 1. */
export type WordVector = ReadonlyMap<string, number>

const maxMessages = 40

/** A vector a sender, in the order given. */
export function wordVectors(senders: readonly (readonly ReadMail[])[]): readonly WordVector[] {
  const counts = senders.map((mail) => countWords(evenly(mail, maxMessages)))
  const users = new Map<string, number>()
  for (const own of counts) for (const word of own.keys()) users.set(word, (users.get(word) ?? 0) + 1)
  return counts.map((own) => {
    const weights = Array.from(own, ([word, count]): [string, number] => [
      word,
      Math.sqrt(count) * Math.log(1 + senders.length / (users.get(word) ?? 1))
    ])
    const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1
    return new Map(weights.map(([word, weight]) => [word, weight / length]))
  })
}

/** Which of these writes most like that one; -1 where there is none. */
export function nearestWriter(own: WordVector, others: readonly WordVector[]): number {
  const similarities = others.map((other) => product(own, other))
  return similarities.indexOf(Math.max(...similarities))
}

function countWords(mail: readonly ReadMail[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { template } of mail) {
    const { authored } = splitAuthored(readableText(template).slice(0, 8_000))
    for (const [word] of authored.toLowerCase().matchAll(/[\p{L}\p{M}']{2,20}|[.!?,:;]{1,3}/gu))
      counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

function evenly<T>(list: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, list.length / count)
  return Array.from({ length: Math.min(count, list.length) }, (_, index) => list[Math.floor(index * step)]).flatMap((one) => one ?? []) // prettier-ignore
}

function product(one: WordVector, other: WordVector): number {
  let sum = 0
  for (const [word, weight] of one) sum += weight * (other.get(word) ?? 0)
  return sum
}
