import type { Logger } from '../../../telemetry/logger.ts'
import type { CollectedMessage } from './collected-message.ts'
import { toDataLines } from './data-lines.ts'
import type { FilterSession } from './filter-session.ts'
import type { JudgeMessage } from './judge-message.ts'
import type { WriteLines } from './write-lines.ts'

export interface GiveBackOptions {
  readonly judge: JudgeMessage
  readonly write: WriteLines
  readonly log: Logger
}

export interface GiveBack {
  /** The message has ended: judges it and writes its lines, each after `prefix`, while other sessions go on. */
  begin(session: FilterSession, message: CollectedMessage, prefix: string): void
  /** Resolves when everything that has begun has ended. */
  settled(): Promise<void>
}

export function createGiveBack({ judge, write, log }: GiveBackOptions): GiveBack {
  const running = new Set<Promise<void>>()

  async function giveBack(session: FilterSession, message: CollectedMessage, prefix: string): Promise<void> {
    const { smtp, gone } = session
    session.message = null
    session.fate = failed
    try {
      const { fate, parts } = await judge(smtp, message, gone.signal)
      for (const piece of toDataLines(parts, prefix)) {
        if (gone.signal.aborted) return
        await write(piece)
      }
      session.fate = fate
    } finally {
      message.release()
      // smtpd waits for it, whatever has gone wrong
      if (!gone.signal.aborted) await write(`${prefix}.\n`)
    }
  }

  return {
    begin(session, message, prefix) {
      const ended = giveBack(session, message, prefix)
        .catch((error: unknown) => log.error('filter.message_failed', { error }))
        .finally(() => running.delete(ended))
      running.add(ended)
    },
    async settled() {
      await Promise.all(running)
    }
  }
}

/** Stands until a message was judged and given back whole. */
const failed = { kind: 'refuse', reply: '451 4.3.0 Local error, try again later' } as const
