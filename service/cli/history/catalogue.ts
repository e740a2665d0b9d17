/** How the bytes of an entry become a message. */
export type PastFormat = 'mbox' | 'mbox-unquoted' | 'file' | 'jsonl' | 'record'

/** Where a message of the past lies. */
export interface PastEntry {
  readonly format: PastFormat
  /** What is read. */
  readonly path: string
  /** What the operator named, for the report. */
  readonly file: string
  readonly offset: number
  readonly length: number
  readonly owner: string
  /** Epoch ms at which it was sent. */
  readonly at: number
}

/** What will be imported: only where it lies, so that a million messages take some hundred megabytes. */
export interface Catalogue {
  add(entry: PastEntry): void
  readonly size: number
  /** An owner after the other, each in the order of time. */
  inOrder(): Generator<PastEntry>
}

export function createCatalogue(): Catalogue {
  const entries: PastEntry[] = []
  /** One text for all entries that share it. */
  const texts = new Map<string, string>()
  const shared = (text: string): string => {
    const known = texts.get(text)
    if (known === undefined) texts.set(text, text)
    return known ?? text
  }
  return {
    add: (entry) => void entries.push({ ...entry, file: shared(entry.file), owner: shared(entry.owner) }),
    get size() {
      return entries.length
    },
    *inOrder() {
      entries.sort((one, other) => compareText(one.owner, other.owner) || one.at - other.at)
      yield* entries
    }
  }
}

function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** As reports name it. */
export function placeOf({
  format,
  file,
  path,
  offset
}: Pick<PastEntry, 'format' | 'file' | 'path' | 'offset'>): string {
  if (format === 'file') return path
  return `${file} at byte ${offset}`
}
