import type { ContentExample } from './content-example.ts'

/** Examples one behind another, in memory that threads share: none has a copy of its own. */
export interface ExampleTable {
  /** Of all examples; those of example `n` lie from `starts[n]` to `starts[n + 1]`. */
  readonly tokens: Uint32Array
  readonly starts: Uint32Array
  /** [examples, values]: zeros where `isWhole` is 0. */
  readonly structure: Float32Array
  readonly isWhole: Uint8Array
  readonly isBad: Uint8Array
  /** Of each message: the place of its passage among the examples; -1 for none. Passages stand behind all messages. */
  readonly passages: Int32Array
}

export function toExampleTable(
  messages: readonly ContentExample[],
  passages: ReadonlyMap<string, ContentExample>
): ExampleTable {
  const places = new Int32Array(new SharedArrayBuffer(4 * messages.length)).fill(-1)
  const examples = [...messages]
  for (const [index, { id }] of messages.entries()) {
    const passage = passages.get(id)
    if (passage !== undefined) places[index] = examples.push(passage) - 1
  }
  const size = examples.find(({ structure }) => structure !== null)?.structure?.length ?? 0
  const count = examples.reduce((sum, { tokens }) => sum + tokens.length, 0)
  const table = {
    tokens: new Uint32Array(new SharedArrayBuffer(4 * count)),
    starts: new Uint32Array(new SharedArrayBuffer(4 * (examples.length + 1))),
    structure: new Float32Array(new SharedArrayBuffer(4 * size * examples.length)),
    isWhole: new Uint8Array(new SharedArrayBuffer(examples.length)),
    isBad: new Uint8Array(new SharedArrayBuffer(examples.length)),
    passages: places
  }
  for (const [index, { tokens, structure, isBad }] of examples.entries()) {
    const start = table.starts[index] ?? 0
    table.tokens.set(tokens, start)
    table.starts[index + 1] = start + tokens.length
    if (structure !== null) table.structure.set(structure, index * size)
    table.isWhole[index] = Number(structure !== null)
    table.isBad[index] = Number(isBad)
  }
  return table
}

/** Views of these messages, and of their passages by id. */
export function examplesOf(
  table: ExampleTable,
  chosen: Int32Array
): { readonly examples: readonly ContentExample[]; readonly passages: ReadonlyMap<string, ContentExample> } {
  const size = table.structure.length / Math.max(1, table.isWhole.length)
  const at = (index: number, id: string): ContentExample => ({
    id,
    source: '',
    group: '',
    isBad: table.isBad[index] === 1,
    tokens: table.tokens.subarray(table.starts[index], table.starts[index + 1]),
    structure: table.isWhole[index] === 1 ? table.structure.subarray(index * size, (index + 1) * size) : null
  })
  const passages = new Map<string, ContentExample>()
  const examples = Array.from(chosen, (index) => {
    const id = String(index)
    const passage = table.passages[index] ?? -1
    if (passage >= 0) passages.set(id, at(passage, id))
    return at(index, id)
  })
  return { examples, passages }
}
