import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createAcceptMessage, type AcceptMessage } from '../../service/operations/accept-message.ts'
import { createQueue, type Queue } from '../../service/queue/queue.ts'
import type { ScoreSubmission } from '../../service/scoring/scoring-ports.ts'
import { createLimitedHolds, type LimitedHolds } from '../../service/senders/limited-holds.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import type { SenderStore } from '../../service/senders/sender-store.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import type { Storage } from '../../service/storage/storage.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { key, openHouse, type HouseOptions } from '../scoring/house.ts'

export interface AcceptanceOptions extends Omit<HouseOptions, 'senders' | 'accept'> {
  readonly clock: () => number
  readonly onExceeded?: 'hold' | 'tempfail'
}

export interface Acceptance {
  readonly storage: Storage
  readonly queue: Queue
  readonly senders: SenderStore
  readonly score: ScoreSubmission
  readonly limitedHolds: LimitedHolds
  readonly acceptMessage: AcceptMessage
}

/** Scoring, limits and the queue on one disk, without doors and delivery; closed and removed after the test. */
export async function openAcceptance(
  t: Pick<TestContext, 'after'>,
  { clock, onExceeded = 'hold', ...house }: AcceptanceOptions
): Promise<Acceptance> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-acceptance-'))
  const storage = await openStorage({ directory })
  t.after(async () => {
    await storage.close()
    await rm(directory, { recursive: true, force: true })
  })
  const queue = await createQueue({ storage, spoolDirectory: join(directory, 'spool'), clock })
  const senders = createLmdbSenderStore({ storage, key })
  const { score } = openHouse({ ...house, clock, senders, accept: (act) => storage.transaction(act) })
  const limitedHolds = createLimitedHolds(storage)
  const acceptMessage = createAcceptMessage({
    queue,
    score,
    onHold: 'accept',
    onExceeded,
    limitedHolds,
    hostname: 'mx.test',
    clock,
    log: silentLogger
  })
  return { storage, queue, senders, score, limitedHolds, acceptMessage }
}
