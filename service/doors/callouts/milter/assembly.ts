import type { ByteBudget } from '../../../access/byte-budget.ts'

/** The bytes of a message, put together again from its fields and the chunks of its body. */
export interface Assembly {
  /** `name` and `value` are latin1, one character a byte. */
  addField(name: string, value: string): void
  addBody(bytes: Buffer): void
  sizeBytes(): number
  /** null: more than we read, or there was no room for it. */
  raw(): Buffer | null
  /** Whether there was room for as much of it as we read. */
  hadRoom(): boolean
  /** Gives its memory back. */
  end(): void
}

export interface AssemblyOptions {
  readonly maxMessageBytes: number
  readonly budget: ByteBudget
  /** Whether values come with the blank after the colon (`leadingSpace`); else one is put there. */
  readonly withLeadingSpace: boolean
}

const lineEnd = Buffer.from('\r\n')

export function createAssembly({ maxMessageBytes, budget, withLeadingSpace }: AssemblyOptions): Assembly {
  let parts: Buffer[] = []
  let size = 0
  let held = 0
  let isWhole = true
  let hadRoom = true
  let isInBody = false

  function add(bytes: Buffer): void {
    size += bytes.length
    if (!isWhole || bytes.length === 0) return
    hadRoom = size > maxMessageBytes || budget.take(bytes.length)
    if (!hadRoom || size > maxMessageBytes) {
      drop()
      return
    }
    held += bytes.length
    parts.push(bytes)
  }

  function drop(): void {
    isWhole = false
    parts = []
    budget.give(held)
    held = 0
  }

  function endHeader(): void {
    if (isInBody) return
    isInBody = true
    add(lineEnd)
  }

  return {
    addField(name, value) {
      const between = withLeadingSpace ? ':' : ': '
      // The lines of a folded value are parted by LF alone (libmilter, xxfi_header)
      add(Buffer.from(`${name}${between}${value.replaceAll(/\r?\n/gu, '\r\n')}\r\n`, 'latin1'))
    },
    addBody(bytes) {
      endHeader()
      add(bytes)
    },
    sizeBytes: () => size,
    raw() {
      endHeader()
      return isWhole ? Buffer.concat(parts) : null
    },
    hadRoom: () => hadRoom,
    end: drop
  }
}
