import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { quantileEdges, type Edges } from './stability/bins.ts'
import { resolutionOf } from './column-groups.ts'

/** More would not move a decile by a hundredth of its share. */
const sampled = 20_000
const seed = 1

/** Bins of the reference's values from an even draw of its messages (Vitter 1985, algorithm R): the same messages in the same order give the same. */
export function createEdges(columns: readonly string[]) {
  const random = createRandom(seed)
  const drawn: Float32Array[] = []
  let seen = 0
  return {
    add(values: ArrayLike<number>): void {
      seen += 1
      const place = drawn.length < sampled ? drawn.length : Math.floor(random() * seen)
      if (place < sampled) drawn[place] = Float32Array.from(values)
    },
    end(): readonly Edges[] {
      return columns.map((name, column) =>
        quantileEdges(
          drawn.map((row) => row[column] ?? Number.NaN),
          { least: resolutionOf(name) }
        )
      )
    }
  }
}
