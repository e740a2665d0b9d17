import { setImmediate as breathe } from 'node:timers/promises'
import type { Queue } from '../../queue/queue.ts'
import type { MessageState } from '../../queue/records/queued-message.ts'
import type { CampaignMemory } from '../../senders/campaigns/campaign-memory.ts'
import type { ContainmentLedger } from '../../senders/containment-ledger.ts'
import type { FeedbackRecords } from '../../senders/feedback-records.ts'
import type { ResolveSender } from '../../senders/identity.ts'
import type { ImportRecords } from '../../senders/import-records.ts'
import type { LimitOverrides } from '../../senders/limit-overrides.ts'
import type { OutcomeMemory } from '../../senders/outcome-memory.ts'
import type { RoutedHolds } from '../../senders/routed-holds.ts'
import type { ScoreWindow } from '../../senders/score-window/score-window.ts'
import type { SenderKey, SenderStore, VerdictRecord } from '../../senders/sender-store.ts'
import type { VerdictMemory } from '../../senders/verdict-memory.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Decider } from '../holds/decide-hold.ts'
import { nameSender } from './name-sender.ts'

export interface EraseSenderOptions {
  readonly queue: Pick<Queue, 'page' | 'drop'>
  readonly senders: SenderStore
  readonly resolveSender: ResolveSender
  readonly memory: VerdictMemory
  readonly records: FeedbackRecords
  readonly ledger: ContainmentLedger
  readonly campaigns: Pick<CampaignMemory, 'forget'>
  readonly outcomes: Pick<OutcomeMemory, 'forget'>
  readonly imports: Pick<ImportRecords, 'erase'>
  readonly routed: Pick<RoutedHolds, 'erase'>
  readonly overrides: LimitOverrides
  readonly scoreWindow: Pick<ScoreWindow<unknown>, 'forget'>
  /** Rows of history, those that wait too. `waiting`: noted on disk, and done once ClickHouse answers. */
  readonly eraseHistory: (sender: SenderKey) => Promise<Erased['history']>
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly log: Logger
}

export interface Erased {
  readonly id: string
  /** Verdicts, labels and finished messages that were removed. */
  readonly verdicts: number
  readonly labels: number
  readonly messages: number
  /** Messages still queued or held: they keep their sender's name until they are done. Erase again then. */
  readonly open: number
  /** `waiting`: ClickHouse does not answer, or takes its time; its rows go as soon as it does. */
  readonly history: 'erased' | 'waiting'
}

export type EraseSender = (name: string, decider: Decider) => Promise<Erased>

/** Verdicts forgotten in one transaction: some ten milliseconds of work. */
const pageSize = 500

/**
 * Removes all that is kept of a sender: what others remember of it first, its own records last. A crash leaves an erasure that the same
 * call finishes. Other work goes on between the steps.
 */
export function createEraseSender(options: EraseSenderOptions): EraseSender {
  const { senders, resolveSender, eraseHistory, log } = options
  return async function eraseSender(name, { by, note }) {
    const id = nameSender(name, resolveSender)
    const sender = senders.keyOf(id)
    const messages = await dropFinished(id, options)
    const [history, kept] = await Promise.all([eraseHistory(sender), eraseKept(sender, options)])
    const erased = { ...kept, messages, open: await countOpen(id, options), history }
    log.info('operations.sender_erased', { senderKey: sender, ...erased, by, note })
    return { id, ...erased }
  }
}

async function eraseKept(
  sender: SenderKey,
  options: EraseSenderOptions
): Promise<Pick<Erased, 'verdicts' | 'labels'>> {
  const { senders, ledger, outcomes, imports, routed, overrides, scoreWindow, accept } = options
  const verdicts = await forgetVerdicts(sender, options)
  const labels = await eraseLabels(sender, options)
  await leaveCampaigns(sender, options)
  await accept(() => {
    ledger.erase(sender)
    outcomes.forget(sender)
    overrides.set(sender, {})
    scoreWindow.forget(sender)
  })
  while ((await accept(() => imports.erase(sender))) > 0) await breathe()
  while ((await accept(() => routed.erase(sender))) > 0) await breathe()
  while ((await accept(() => senders.erase(sender))) > 0) await breathe()
  return { verdicts, labels }
}

async function forgetVerdicts(
  sender: SenderKey,
  { senders, memory, accept }: EraseSenderOptions
): Promise<number> {
  let forgotten = 0
  let page: VerdictRecord[] = []
  const flush = async (): Promise<void> => {
    const full = page
    page = []
    forgotten += full.length
    if (full.length > 0) await accept(() => full.forEach((record) => memory.forget(record)))
  }
  for (const record of senders.verdictsOf(sender, 0)) {
    page.push(record)
    if (page.length >= pageSize) await flush()
  }
  await flush()
  return forgotten
}

async function eraseLabels(sender: SenderKey, { records, accept }: EraseSenderOptions): Promise<number> {
  let total = 0
  for (let erased = -1; erased !== 0; total += erased) erased = await accept(() => records.erase(sender))
  return total
}

async function leaveCampaigns(sender: SenderKey, { campaigns, accept }: EraseSenderOptions): Promise<void> {
  for (let from: number | null = 0; from !== null;) {
    const start: number = from
    from = await accept(() => campaigns.forget(sender, start))
    await breathe()
  }
}

async function dropFinished(id: string, options: EraseSenderOptions): Promise<number> {
  let dropped = 0
  for (const state of ['done', 'rejected'] as const)
    await eachPage(state, id, options, async (ids) => void (dropped += await options.queue.drop(ids)))
  return dropped
}

async function countOpen(id: string, options: EraseSenderOptions): Promise<number> {
  let open = 0
  for (const state of ['queued', 'held'] as const)
    await eachPage(state, id, options, async (ids) => void (open += ids.length))
  return open
}

async function eachPage(
  state: MessageState,
  sender: string,
  { queue }: EraseSenderOptions,
  act: (ids: readonly string[]) => Promise<void>
): Promise<void> {
  for (let cursor: string | undefined, more = true; more;) {
    const page = queue.page({ state, sender, cursor, limit: pageSize })
    if (page.kind !== 'page') return
    await act(page.items.map((message) => message.id))
    cursor = page.nextCursor ?? undefined
    more = cursor !== undefined
    await breathe()
  }
}
