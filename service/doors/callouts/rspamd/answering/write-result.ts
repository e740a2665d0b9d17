import { holdScore } from '../../../../verdict/budget/score-scale.ts'
import { labelNames } from '../../asking/label-fields.ts'
import type { ScanResult } from './scan-result.ts'

/** What of an answer is not the result itself. */
export interface ScanFacts {
  /** As the message has it; rspamd shows it without its angle brackets. */
  readonly messageId: string | null
  readonly durationMs: number
}

/** The reply of `/checkv2` (rspamd's protocol documentation, "Rspamd HTTP reply"). */
export function writeResult(result: ScanResult, facts: ScanFacts): object {
  const { score, requiredScore, action } = result
  return {
    is_skipped: false,
    score,
    required_score: requiredScore,
    action,
    thresholds: { reject: requiredScore, 'add header': holdScore },
    symbols: symbolTable(result),
    messages: messagesOf(result),
    ...shared(facts),
    milter: milterOf(result)
  }
}

/** The reply of `/check` and its like, from before the symbols had a place of their own. */
export function writeOldResult(result: ScanResult, facts: ScanFacts): object {
  const { score, requiredScore, action, isSpam } = result
  return {
    default: {
      ...symbolTable(result),
      is_spam: isSpam,
      is_skipped: false,
      score,
      required_score: requiredScore,
      action
    },
    messages: messagesOf(result),
    ...shared(facts),
    rmilter: milterOf(result)
  }
}

function shared({ messageId, durationMs }: ScanFacts): object {
  return {
    ...(messageId !== null && { 'message-id': messageId.replace(/^<(?<id>[^>]*)>.*$/su, '$<id>') }),
    time_real: Math.round(durationMs * 1_000) / 1e6
  }
}

function symbolTable({ symbols }: ScanResult): object {
  return Object.fromEntries(symbols.map((symbol) => [symbol.name, { ...symbol, metric_score: symbol.score }]))
}

function messagesOf({ smtpMessage }: ScanResult): object {
  return smtpMessage === null ? {} : { smtp_message: smtpMessage }
}

/**
 * Every field of these names that came with the message goes (0 stands for all); ours come on top. `reject` is always said: the milter keeps
 * it from one message of a connection to the next.
 */
function milterOf({ labels, onReject }: ScanResult): object {
  return {
    reject: onReject,
    remove_headers: Object.fromEntries(labelNames.map((name) => [name, 0])),
    ...(labels.length > 0 && {
      add_headers: Object.fromEntries(labels.map(({ name, value }) => [name, { value, order: 0 }]))
    })
  }
}
