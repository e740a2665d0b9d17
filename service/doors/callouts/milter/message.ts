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
  /** Its recipients are more than we read: it cannot be judged, and not counted rightly. */
  isEnvelopeTooLong(): boolean
}

export interface MessageOptions extends AssemblyOptions {
  /** Names of fields that are counted. */
  readonly countedFields: ReadonlySet<string>
}

/** Room for ten thousand addresses of usual length. */
const maxEnvelopeBytes = 1_048_576
/** What a short string takes in memory beside its characters. */
const addressOverheadBytes = 64

export function createMessage(mailFrom: string, options: MessageOptions): Message {
  const content = createAssembly(options)
  const rcptTo: string[] = []
  const fieldCounts = new Map<string, number>()
  let envelopeBytes = mailFrom.length

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
      const key = name.toLowerCase()
      if (options.countedFields.has(key)) fieldCounts.set(key, (fieldCounts.get(key) ?? 0) + 1)
      content.addField(name, value)
    },
    isEnvelopeTooLong: () => envelopeBytes > maxEnvelopeBytes
  }
}
