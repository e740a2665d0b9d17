import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import type { BorrowedModels } from '../../models/model-ports.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { Case } from '../settle.ts'
import { createNotebook, type Compared, type NotebookOptions } from './notebook.ts'
import type { ShadowJudge } from './shadow-judges.ts'

/** A message that was answered, for shadow models to look at. */
export interface BesideWork extends Pick<Compared, 'known' | 'committed'> {
  readonly shadows: readonly ShadowJudge[]
  /** Released when they have. */
  readonly borrowed: BorrowedModels
}

/** Shadow models at work after the answers, while there is time. */
export interface Beside {
  /** At once: nobody waits for it. What is too much is let go, and counted. */
  note(work: BesideWork): void
  /** How many messages are being scored: they go first. */
  watch(pending: () => number): void
  /** Finishes what waits, and writes it. */
  close(): Promise<void>
}

export interface BesideOptions extends NotebookOptions {
  readonly metrics: Pick<Metrics, 'count'>
  readonly maxWaiting?: number
}

/** A waiting message holds what was observed of it: some tens of kilobytes. */
const defaultWaiting = 256
/** With more messages than this in work shadow models pause. */
const busyFrom = 8
const pauseMs = 10
/** Then one is compared all the same: what a busy house sends is mail as well. */
const mostPauses = 20
/** Comparisons are written together: after so many, or so long. */
const writeFrom = 64
const writeAfterMs = 1_000

export function createBeside(options: BesideOptions): Beside {
  const { metrics, log, maxWaiting = defaultWaiting } = options
  const notebook = createNotebook(options)
  const waiting: BesideWork[] = []
  let pending = nobody
  let working: Promise<void> | null = null
  let isClosed = false

  function note(work: BesideWork): void {
    if (!isClosed && isNew(work.known) && waiting.length < maxWaiting) {
      waiting.push(work)
      working ??= workOff().finally(() => (working = null))
      return
    }
    work.borrowed.release()
    if (!isNew(work.known)) return
    metrics.count('sluice_shadow_models_total', { outcome: 'dropped' })
    for (const shadow of work.shadows) notebook.drop(shadow)
  }

  async function workOff(): Promise<void> {
    // The answer leaves first
    await breathe()
    for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) {
      await whenQuiet()
      await compare(work)
      await breathe()
    }
  }

  async function whenQuiet(): Promise<void> {
    let pauses = isClosed ? 0 : mostPauses
    for (; pauses > 0 && pending() >= busyFrom; pauses -= 1) await sleep(pauseMs)
  }

  async function compare({ known, committed, shadows, borrowed }: BesideWork): Promise<void> {
    try {
      for (const shadow of shadows) {
        const comparison = await shadow.compare(known, committed)
        if (comparison === null) continue
        metrics.count('sluice_shadow_models_total', { outcome: 'scored' })
        notebook.add({ known, committed, shadow, comparison })
      }
      if (notebook.length() >= writeFrom) await notebook.write()
    } catch (error) {
      log.warn('scoring.shadow_failed', { error: String(error) })
    } finally {
      borrowed.release()
    }
  }

  const timer = setInterval(() => void notebook.write(), writeAfterMs)
  timer.unref()

  return {
    note,
    watch: (read) => void (pending = read),
    async close() {
      isClosed = true
      clearInterval(timer)
      await working
      await notebook.write()
    }
  }
}

function nobody(): number {
  return 0
}

/** An envelope alone is judged by half a model, and a message that is asked about again was compared before. */
function isNew({ observation, earlier }: Case): boolean {
  return observation !== null && observation.shows !== 'envelope' && (earlier?.content ?? null) === null
}
