import { createAssembly, type Assembly, type AssemblyOptions } from './assembly.ts'

/** A message on its way: its envelope, its fields and its bytes. */
export interface Message {
  readonly mailFrom: string
  readonly rcptTo: readonly string[]
  readonly content: Assembly
  /** How many fields of a name came, by lower-case name. */
  readonly fieldCounts: ReadonlyMap<string, number>
  addRecipient(address: string): void
  addField(name: string, value: string): void
  /** What makes it impossible to judge, to count or to mark it rightly; null: nothing. */
  fault(): MessageFault | null
}

export type MessageFault = 'too-many-recipients' | 'too-many-labels'

export interface MessageOptions extends AssemblyOptions {
  /** Names of fields that are counted. */
  readonly countedFields: ReadonlySet<string>
}

/** Room for ten thousand addresses of usual length. */
const maxEnvelopeBytes = 1_048_576
/** Each that a message brings along is deleted one by one; honest mail has none, or those of one host before us. */
const maxCountedFields = 1_000
/** What a short string takes in memory beside its characters. */
const addressOverheadBytes = 64

export function createMessage(mailFrom: string, options: MessageOptions): Message {
  const content = createAssembly(options)
  const rcptTo: string[] = []
  const fieldCounts = new Map<string, number>()
  let envelopeBytes = mailFrom.length
  let counted = 0

  return {
    mailFrom,
    rcptTo,
    content,
    fieldCounts,
    addRecipient(address) {
      envelopeBytes += address.length + addressOverheadBytes
      if (envelopeBytes <= maxEnvelopeBytes) rcptTo.push(address)
    },
    addField(name, value) {
      const key = name.trimEnd().toLowerCase()
      if (options.countedFields.has(key)) {
        counted += 1
        fieldCounts.set(key, (fieldCounts.get(key) ?? 0) + 1)
      }
      content.addField(name, value)
    },
    fault() {
      if (envelopeBytes > maxEnvelopeBytes) return 'too-many-recipients'
      return counted > maxCountedFields ? 'too-many-labels' : null
    }
  }
}
