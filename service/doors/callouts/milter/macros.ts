import { commandLetters as letters, macroNames } from './milter-words.ts'

/** What the mail server tells beside its commands. Those of a message end with it. */
export interface Macros {
  /** `stage`: the letter of the command that follows. */
  define(stage: string, values: ReadonlyMap<string, string>): void
  /** MAIL has come: only what was defined for it is of this message. */
  beginMessage(): void
  endMessage(): void
  endConnection(): void
  /** The latest value, or null. */
  get(name: string): string | null
}

type Values = ReadonlyMap<string, string>

const stagesOfConnection: readonly string[] = [letters.helo, letters.connect]
/** The latest first: Postfix knows the queue id only after the first recipient, Sendmail at MAIL already. */
const stagesOfMessage: readonly string[] = [
  letters.endOfMessage,
  letters.body,
  letters.endOfHeader,
  letters.header,
  letters.data,
  letters.rcpt,
  letters.mail
]
/** No queue id, user or cipher is longer; what is, is not taken for one. */
const maxValueLength = 4_096

export function createMacros(): Macros {
  const ofConnection = new Map<string, Values>()
  const ofMessage = new Map<string, Values>()
  let isMailDefined = false

  function endMessage(): void {
    ofMessage.clear()
    isMailDefined = false
  }

  return {
    define(stage, values) {
      if (stage === letters.mail) {
        endMessage()
        isMailDefined = true
      }
      if (stagesOfConnection.includes(stage)) ofConnection.set(stage, known(values))
      else if (stagesOfMessage.includes(stage)) ofMessage.set(stage, known(values))
    },
    beginMessage() {
      if (!isMailDefined) ofMessage.clear()
      isMailDefined = false
    },
    endMessage,
    endConnection() {
      endMessage()
      ofConnection.clear()
    },
    get: (name) =>
      latest(stagesOfMessage, ofMessage, name) ?? latest(stagesOfConnection, ofConnection, name) ?? null
  }
}

function known(values: Values): Values {
  return new Map(
    [...values].filter(([name, value]) => macroNames.has(name) && value.length <= maxValueLength)
  )
}

/** An empty value is none: Postfix leaves out what it does not know, others send it empty. */
function latest(
  stages: readonly string[],
  defined: ReadonlyMap<string, Values>,
  name: string
): string | undefined {
  for (const stage of stages) {
    const value = defined.get(stage)?.get(name)
    if (value !== undefined && value !== '') return value
  }
  return undefined
}
