import type { Containment } from '../../message/containment.ts'
import type { ContainmentLedger } from '../../senders/containment-ledger.ts'
import type { ResolveSender } from '../../senders/identity.ts'
import type { LimitOverride, LimitOverrides } from '../../senders/limit-overrides.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Decider } from '../holds/decide-hold.ts'
import { createEraseSender, type EraseSender, type EraseSenderOptions } from './erase-sender.ts'
import { nameSender } from './name-sender.ts'
import { createShowSender, type ShowSender } from './show-sender.ts'

/** What people ask and do about one sender. */
export interface SenderActs {
  readonly showSender: ShowSender
  readonly containSender: ContainSender
  readonly rewindSender: RewindSender
  readonly limitSender: LimitSender
  readonly eraseSender: EraseSender
}

export function createSenderActs(options: SenderActsOptions & EraseSenderOptions): SenderActs {
  return {
    showSender: createShowSender(options),
    containSender: createContainSender(options),
    rewindSender: createRewindSender(options),
    limitSender: createLimitSender(options),
    eraseSender: createEraseSender(options)
  }
}

export interface SenderActsOptions {
  readonly senders: SenderStore
  readonly resolveSender: ResolveSender
  readonly ledger: ContainmentLedger
  readonly overrides: LimitOverrides
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
  readonly log: Logger
}

export interface Contained {
  readonly id: string
  readonly from: Containment
  readonly to: Containment
}

/** An operator sets a sender's state; it stays until an operator changes it or new evidence raises it. */
export type ContainSender = (name: string, state: Containment, decider: Decider) => Promise<Contained>

function createContainSender({
  senders,
  resolveSender,
  ledger,
  accept,
  clock,
  log
}: SenderActsOptions): ContainSender {
  return async function containSender(name, state, { by, note }) {
    const id = nameSender(name, resolveSender)
    const sender = senders.keyOf(id)
    const from = await accept(() => {
      const before = senders.containment(sender)
      ledger.set(sender, state, clock(), by)
      return before
    })
    log.info('operations.sender_contained', { senderKey: sender, from, to: state, by, note })
    return { id, from, to: state }
  }
}

export interface Rewound {
  readonly id: string
  /** Messages forgotten. */
  readonly forgotten: number
  readonly messagesSeen: number
  /** Epoch ms: what is older than this can't be told apart any more, and stays learned. */
  readonly reaches: number
}

/** Forgets all that a sender's profile learned from messages received at or after `since` (epoch ms). */
export type RewindSender = (name: string, since: number, decider: Decider) => Promise<Rewound>

function createRewindSender({ senders, resolveSender, accept, clock, log }: SenderActsOptions): RewindSender {
  return async function rewindSender(name, since, { by, note }) {
    const id = nameSender(name, resolveSender)
    const sender = senders.keyOf(id)
    const { forgotten, reaches } = await accept(() => ({
      reaches: senders.rewindsTo(sender),
      forgotten: senders.rewind(sender, since)
    }))
    const { messagesSeen } = senders.snapshot(sender, clock()).profile
    log.info('operations.sender_rewound', { senderKey: sender, since, forgotten, by, note })
    return { id, forgotten, messagesSeen, reaches }
  }
}

/** Gives a sender limits of its own, instead of those it had of its own before; resolves with its id. */
export type LimitSender = (name: string, override: LimitOverride, decider: Decider) => Promise<string>

function createLimitSender({
  senders,
  resolveSender,
  overrides,
  accept,
  log
}: SenderActsOptions): LimitSender {
  return async function limitSender(name, override, { by, note }) {
    const id = nameSender(name, resolveSender)
    const sender = senders.keyOf(id)
    await accept(() => overrides.set(sender, override))
    log.info('operations.sender_limited', { senderKey: sender, override, by, note })
    return id
  }
}
