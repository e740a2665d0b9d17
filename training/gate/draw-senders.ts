import type { Random } from '../../service/verdict/budget/seeded-random.ts'

/** By row: how often it was drawn. */
export type Draw = Float64Array

/** As many senders as there are, drawn with replacement: each call gives another draw, in the same array. */
export function drawSenders(rows: readonly { readonly sender: string }[], random: Random): () => Draw {
  const numbers = new Map<string, number>()
  const senderOf = Int32Array.from(rows, ({ sender }) => {
    const number = numbers.get(sender) ?? numbers.size
    numbers.set(sender, number)
    return number
  })
  const times = new Float64Array(numbers.size)
  const draw = new Float64Array(rows.length)
  return () => {
    times.fill(0)
    for (let drawn = 0; drawn < times.length; drawn += 1) {
      const sender = Math.floor(random() * times.length)
      times[sender] = (times[sender] ?? 0) + 1
    }
    for (let row = 0; row < draw.length; row += 1) draw[row] = times[senderOf[row] ?? 0] ?? 0
    return draw
  }
}
