import { generateHistory } from '../../../datasets/synthetic-mail/history.ts'
import { createPersonas } from '../../../datasets/synthetic-mail/persona.ts'
import { readBacktestLine } from '../../../service/contracts/backtest-line.ts'
import type { History } from '../../../training/attacks/simulate-takeovers.ts'

/** Invented senders with many mail programs, each with `messages` submissions as a backtest file would hold them. */
export function inventedHistories(count: number, messages: number): readonly History[] {
  const from = Date.UTC(2026, 1, 2)
  return createPersonas({ seed: 'attack tests', count, languages: ['en', 'de', 'pl'] }).map((persona) => {
    const days = Math.min(200, Math.ceil((1.8 * messages) / persona.messagesPerDay))
    return generateHistory(persona, { from, days })
      .slice(0, messages)
      .map(({ id, sender, receivedAt, client, envelope, raw }) => {
        const text = JSON.stringify({
          id, sender, client, ts: receivedAt / 1000, rcpt: envelope.rcptTo, raw: Buffer.from(raw).toString('latin1')
        }) // prettier-ignore
        const outcome = readBacktestLine(text)
        if (outcome.kind !== 'line')
          throw new Error(`invented mail is no backtest line: ${outcome.fault.detail}`)
        return outcome.line
      })
  })
}
