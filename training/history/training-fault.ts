const faults = {
  HISTORY_EMPTY: {
    what: 'history holds no message of this span',
    remedy:
      'Wait until the service has scored some, ask for a longer span with --since and --until, or import mail with `sluice history import`.'
  },
  HISTORY_ONE_CLASS: {
    what: 'everything that is known of these messages is that they were bad',
    remedy: 'Models learn from honest mail: ask for a longer span, or for more senders.'
  },
  HISTORY_ONE_SENDER: {
    what: 'history holds a single sender of this span, whose mail is all there is',
    remedy:
      'A sender is attacked with what others write and send with: ask for more --senders, or for a longer span.'
  },
  HISTORY_WITHOUT_CONTENT: {
    what: 'no honest message of those who would lend theirs shows its content: history knows their envelopes only',
    remedy:
      'Attacks are put together of what messages show: let mail servers hand over whole messages, or import Sent folders with `sluice history import`.'
  },
  HISTORY_TOO_SHORT: {
    what: 'no sender of this span has messages enough to have habits',
    remedy:
      'Ask for a longer span with --since and --until, or import Sent folders with `sluice history import`.'
  }
} as const

export type HistoryFaultCode = keyof typeof faults

/** History that nothing can be learned from. */
export class HistoryTrainingError extends Error {
  override readonly name = 'HistoryTrainingError'
  readonly code: HistoryFaultCode
  readonly remedy: string

  constructor(code: HistoryFaultCode) {
    super(faults[code].what)
    this.code = code
    this.remedy = faults[code].remedy
  }
}
