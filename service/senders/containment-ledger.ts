import type { Containment } from '../message/containment.ts'
import {
  isForgotten,
  noContainment,
  raised,
  relieved,
  stepsDownAt,
  steppedDown,
  withEvent,
  withVouching,
  type ContainmentEventKind,
  type ContainmentRecord
} from '../message/containment-rule.ts'
import type { Storage, Table } from '../storage/storage.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { ScoreWindow } from './score-window/score-window.ts'
import type { SenderKey, SenderStore } from './sender-store.ts'

/**
 * Why senders are in the state they are in. Applies the rule of message/containment-rule.ts and writes the state into the sender store,
 * which scoring reads. All writes belong inside `Storage.transaction`.
 */
export interface ContainmentLedger {
  /**
   * Something speaks against a sender. `ref` names what it is about (a verdict id): the same thing counts once. So does the same
   * `digest`: a message that a client hands in again and again.
   */
  note(
    sender: SenderKey,
    kind: ContainmentEventKind,
    at: number,
    ref: string,
    digest?: string
  ): ContainmentChange | null
  /** Somebody answered for the message `ref`: what it raised is taken back. */
  vouch(sender: SenderKey, ref: string, at: number): ContainmentChange | null
  /** An operator decides. `normal` clears what stood against the sender: whoever restores it has looked at it. */
  set(sender: SenderKey, state: Containment, at: number, by?: string): ContainmentChange | null
  read(sender: SenderKey): ContainmentReading
  /** Lets senders step down whose time has come, and forgets what is too old to matter; bounded work, gives the number looked at. */
  expire(now: number): number
  /** Nothing is known of the sender any more; its state becomes `normal`. */
  erase(sender: SenderKey): void
}

export interface ContainmentChange {
  readonly from: Containment
  readonly to: Containment
}

/** A change with its cause, for whoever remembers it. */
export interface ContainmentStep extends ContainmentChange {
  readonly sender: SenderKey
  /** Epoch ms. */
  readonly at: number
  readonly cause: ContainmentCause
  /** The verdict that it is about, or the operator; '' for time. */
  readonly ref: string
}

export type ContainmentCause = ContainmentEventKind | 'vouched' | 'time' | 'operator'

export interface ContainmentReading {
  readonly record: ContainmentRecord
  readonly state: Containment
  /** Epoch ms at which it steps down by itself; null: it does not. */
  readonly stepsDownAt: number | null
}

export interface ContainmentLedgerOptions {
  readonly storage: Pick<Storage, 'table'>
  readonly senders: Pick<SenderStore, 'containment' | 'contain'>
  /** What a hijacked account scored says nothing of honest mail. */
  readonly scoreWindow?: Pick<ScoreWindow<unknown>, 'forget'>
  /** Told of each change inside its transaction. */
  readonly onChanged?: ((step: ContainmentStep) => void) | undefined
  readonly log: Pick<Logger, 'info'>
  readonly metrics: Pick<Metrics, 'count'>
}

/** Steps looked at by one `expire`. */
const maxSteps = 200
const day = 86_400_000

export function createContainmentLedger(options: ContainmentLedgerOptions): ContainmentLedger {
  const { senders } = options
  const book = openBook(options)

  return {
    note(sender, kind, at, ref, digest) {
      const event = { kind, at, ref, share: 1, ...(digest !== undefined && { digest }) }
      const record = withEvent(book.read(sender), event)
      const state = raised(senders.containment(sender), record, at)
      return book.conclude(sender, record, state, { at, cause: kind, ref })
    },
    vouch(sender, ref, at) {
      const record = withVouching(book.read(sender), ref)
      if (record.events.length === 0 && record.since === 0) return null
      const state = relieved(senders.containment(sender), record, at)
      return book.conclude(sender, record, state, { at, cause: 'vouched', ref })
    },
    set(sender, state, at, by = '') {
      const kept = state === 'normal' ? noContainment : book.read(sender)
      const setBy = state === 'normal' ? 'rule' : 'operator'
      return book.conclude(sender, { ...kept, since: at, setBy }, state, { at, cause: 'operator', ref: by })
    },
    read(sender) {
      const record = book.read(sender)
      const state = senders.containment(sender)
      return { record, state, stepsDownAt: stepsDownAt(state, record) }
    },
    expire(now) {
      const ripe = book.ripe(now)
      for (const sender of ripe) lookAgain(sender, now)
      return ripe.length
    },
    erase(sender) {
      book.remove(sender)
      senders.contain(sender, 'normal')
    }
  }

  function lookAgain(sender: SenderKey, now: number): void {
    const record = book.read(sender)
    const state = senders.containment(sender)
    const at = stepsDownAt(state, record)
    const why = { at: now, cause: 'time', ref: '' } as const
    if (at !== null && at <= now) {
      const next = steppedDown(state, record, now)
      book.conclude(sender, next.record, next.state, why)
    } else if (state === 'normal' && isForgotten(record, now)) book.remove(sender)
    else book.conclude(sender, record, state, why)
  }
}

interface StoredRecord extends ContainmentRecord {
  /** Its place in the order of what is looked at again. */
  readonly dueAt: number
}

/** The records, each with the moment at which it is looked at again. */
function openBook({ storage, senders, scoreWindow, onChanged, log, metrics }: ContainmentLedgerOptions) {
  /** By sender. */
  const records: Table<StoredRecord> = storage.table('senders.containment_records')
  /** By [epoch ms, sender]. */
  const due: Table<true> = storage.table('senders.containment_due')

  return {
    read: (sender: SenderKey): ContainmentRecord => records.get(sender) ?? noContainment,
    ripe: (now: number): readonly SenderKey[] =>
      Array.from(due.range({ end: [now + 1], limit: maxSteps }), ({ key }) =>
        typeof key === 'object' ? String(key[1]) : ''
      ),
    conclude,
    remove
  }

  /** Writes what is true now, and says so where the state changed. */
  function conclude(
    sender: SenderKey,
    record: ContainmentRecord,
    to: Containment,
    { at, cause, ref }: Pick<ContainmentStep, 'at' | 'cause' | 'ref'>
  ): ContainmentChange | null {
    const from = senders.containment(sender)
    if (from === to) return write(sender, record, to, at)
    write(sender, { ...record, since: at, setBy: cause === 'operator' ? record.setBy : 'rule' }, to, at)
    senders.contain(sender, to)
    if (to === 'restricted' || to === 'suspended') scoreWindow?.forget(sender)
    metrics.count('sluice_containment_changes_total', { to, cause })
    log.info('senders.containment_changed', { senderKey: sender, from, to, cause })
    onChanged?.({ sender, at, from, to, cause, ref })
    return { from, to }
  }

  function write(sender: SenderKey, record: ContainmentRecord, state: Containment, now: number): null {
    remove(sender)
    const dueAt = stepsDownAt(state, record) ?? now + day
    due.put([dueAt, sender], true)
    records.put(sender, { ...record, dueAt })
    return null
  }

  function remove(sender: SenderKey): void {
    const known = records.get(sender)
    if (known === undefined) return
    due.remove([known.dueAt, sender])
    records.remove(sender)
  }
}
