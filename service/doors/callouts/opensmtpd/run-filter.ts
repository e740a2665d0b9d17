import { createByteBudget } from '../../../access/byte-budget.ts'
import { createLineReader } from '../listening/line-reader.ts'
import { isEnd } from './data-lines.ts'
import { dataLinePrefix, parseFilterLine, registration, toResult, type FilterLine } from './filter-lines.ts'
import { createFilterSessions, type FilterSessions } from './filter-session.ts'
import { createGiveBack } from './give-back.ts'
import { createJudgeMessage, unanswered, type JudgeMessageOptions } from './judge-message.ts'
import { noteReport } from './smtp-session.ts'
import type { WriteLines } from './write-lines.ts'

export interface FilterOptions extends JudgeMessageOptions {
  /** smtpd's lines. */
  readonly input: AsyncIterable<Uint8Array>
  readonly write: WriteLines
  readonly maxMessageBytes: number
  /** Of the messages of all sessions together. */
  readonly maxMemoryBytes: number
}

/** smtpd itself takes lines of 65,535 bytes. */
const maxLineBytes = 131_072

/**
 * A filter of OpenSMTPD: collects each message with its envelope, asks Sluice when it has ended, gives it back with its labels, and refuses
 * at `commit` what is not to pass. Resolves when smtpd has closed its side, rejects if what it says cannot be read at all. smtpd ends when
 * one of its filters does, so that nothing that goes wrong with one message may end this.
 */
export async function runFilter(options: FilterOptions): Promise<void> {
  const filter = createFilter(options)
  const reader = createLineReader(maxLineBytes)
  try {
    for await (const chunk of options.input) await takeAll(reader.push(chunk), filter.take)
  } finally {
    await filter.close()
  }
}

type Take = (line: FilterLine) => Promise<void> | undefined

/** Almost every line only adds to a message: those are not waited for. */
async function takeAll(lines: Iterable<Uint8Array | null>, take: Take): Promise<void> {
  for (const line of lines) {
    if (line === null) throw new Error(`smtpd sent a line of more than ${maxLineBytes} bytes`)
    const parsed = parseFilterLine(line)
    const written = parsed === null ? undefined : take(parsed)
    if (written !== undefined) await written
  }
}

function createFilter(options: FilterOptions) {
  const { write, onFailure, maxMessageBytes, maxMemoryBytes } = options
  const sessions = createFilterSessions({ budget: createByteBudget(maxMemoryBytes), maxMessageBytes })
  const givingBack = createGiveBack({ ...options, judge: createJudgeMessage(options) })
  const subsystems = new Set<string>()

  const take: Take = (line) => {
    switch (line.kind) {
      case 'config':
        if (line.key === 'subsystem') subsystems.add(line.value)
        return line.key === 'ready' ? write(registration(subsystems)) : undefined
      case 'report':
        if (line.event === 'link-disconnect') sessions.end(line.session)
        else noteReport(sessions.at(line.session).smtp, line)
        return undefined
      case 'data-line': {
        const session = sessions.at(line.session)
        const message = sessions.messageOf(session)
        if (!isEnd(line.line)) message.add(line.line)
        else givingBack.begin(session, message, dataLinePrefix(line))
        return undefined
      }
      case 'question':
        return write(toResult(line, resultOf(line, sessions, onFailure)))
    }
  }

  async function close(): Promise<void> {
    sessions.endAll()
    await givingBack.settled()
  }

  return { take, close }
}

/** Of `commit`; nothing else was asked for. */
function resultOf(
  { session: id, phase }: FilterLine & { kind: 'question' },
  sessions: FilterSessions,
  onFailure: FilterOptions['onFailure']
): string {
  if (phase !== 'commit') return 'proceed'
  const session = sessions.at(id)
  const fate = session.fate ?? unanswered[onFailure]
  session.fate = null
  return fate.kind === 'pass' ? 'proceed' : `reject|${fate.reply}`
}
