import { turnOf, type DueEntry } from '../../queue/indexes/due-index.ts'
import type { Queue } from '../../queue/queue.ts'
import { toJobs } from './jobs.ts'
import { addJob, createLane, isAtRest, isFull, wantsMore, type Job, type Lane } from './lane.ts'
import { createReadyWalk, type ReadyWalk, type Visit } from './ready-walk.ts'
import { destinationKey, destinationOf, type DeliveryRoute, type Destination } from '../routes/route.ts'

export interface DispatcherOptions {
  readonly queue: Queue
  readonly routes: readonly DeliveryRoute[]
  readonly clock: () => number
  /** Attempts at once: each has at most one connection. */
  readonly maxConnections: number
  /** Makes one attempt and records it; never rejects. */
  readonly run: (lane: Lane, job: Job) => Promise<void>
}

const sliceLength = 500
/** However still it is, the whole of what is due is looked over this often. */
const sweepMs = 60_000

/**
 * Decides what is attempted next. It keeps a small window of messages in memory: some for each destination, so that a slow one fills
 * only its own lane. Everything else stays in the index on disk. Nothing polls: a wake-up, an ended attempt or a due time moves it.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #walk: ReadyWalk
  readonly #lanes = new Map<string, Lane>()
  readonly #withWork = new Set<Lane>()
  /** Messages in the window and how many of their jobs are still open. */
  readonly #taken = new Map<string, number>()
  readonly #running = new Set<Promise<void>>()
  #waiting = 0
  #timer: NodeJS.Timeout | undefined
  #slice: NodeJS.Immediate | undefined
  #closed = false

  constructor(options: DispatcherOptions) {
    this.#options = options
    this.#walk = createReadyWalk({ queue: options.queue, clock: options.clock, sliceLength })
  }

  /** Something may be due: look, without waiting. */
  look(): void {
    this.#walk.resume()
    this.#fill()
  }

  /** Looks over everything that is due. */
  sweep(): void {
    for (const lane of this.#lanes.values()) this.#forget(lane)
    this.#walk.restart()
    this.#fill()
  }

  /** Begins nothing more; resolves when what was begun has ended. */
  async drain(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    clearImmediate(this.#slice)
    await Promise.all(this.#running)
  }

  /** Reads on while more can be used, a slice at a time. */
  #fill(): void {
    if (this.#closed || this.#slice !== undefined) return
    const state = this.#needsMore() ? this.#walk.step((entry) => this.#visit(entry)) : 'paused'
    this.#start()
    if (state === 'end') this.#sleep()
    else if (this.#isHungry()) this.#slice = setImmediate(() => this.#nextSlice())
  }

  #nextSlice(): void {
    this.#slice = undefined
    this.#fill()
  }

  #needsMore(): boolean {
    return this.#waiting < this.#options.maxConnections * 2 || this.#isHungry()
  }

  /** Connections are free that no waiting job can use. */
  #isHungry(): boolean {
    if (this.#isBusy()) return false
    for (const lane of this.#withWork) if (lane.active < lane.maxActive) return false
    return true
  }

  #isBusy(): boolean {
    return this.#running.size >= this.#options.maxConnections
  }

  #visit(entry: DueEntry): Visit {
    if (this.#taken.has(entry.id)) return 'go-on'
    const { routes, queue } = this.#options
    const hinted =
      entry.destination === null ? undefined : this.#laneOf(destinationOf(routes, entry.destination))
    const message = hinted !== undefined && isFull(hinted) ? undefined : queue.get(entry.id)
    const jobs = message === undefined ? [] : toJobs(message, routes, turnOf(entry))
    const lanes = jobs.map(({ destination }) => this.#laneOf(destination))
    const full = hinted !== undefined && isFull(hinted) ? [hinted] : lanes.filter(isFull)
    for (const lane of full) lane.overflowed = true
    if (full.length > 0) return this.#isHungry() ? 'go-on' : 'stop'
    if (jobs.length > 0) this.#take(entry.id, jobs)
    return 'go-on'
  }

  #take(id: string, jobs: readonly Job[]): void {
    this.#taken.set(id, jobs.length)
    this.#waiting += jobs.length
    for (const job of jobs) {
      const lane = this.#laneOf(job.destination)
      addJob(lane, job)
      this.#withWork.add(lane)
    }
  }

  #laneOf(destination: Destination): Lane {
    const key = destinationKey(destination)
    const lane = this.#lanes.get(key) ?? createLane(destination, this.#options.maxConnections)
    this.#lanes.set(key, lane)
    return lane
  }

  /** One job a lane in turn, while connections are free. */
  #start(): void {
    for (let begun = true; begun;) {
      begun = false
      for (const lane of this.#withWork) {
        if (this.#closed || this.#isBusy()) return
        if (lane.active < lane.maxActive) begun = this.#begin(lane) || begun
      }
    }
  }

  #begin(lane: Lane): boolean {
    const job = lane.waiting.shift()
    if (lane.waiting.length === 0) this.#withWork.delete(lane)
    if (job === undefined) return false
    this.#waiting -= 1
    lane.active += 1
    const done = this.#options.run(lane, job).finally(() => this.#running.delete(done))
    this.#running.add(done)
    void done.then(() => this.#finish(lane, job))
    return true
  }

  #finish(lane: Lane, job: Job): void {
    lane.active -= 1
    const open = (this.#taken.get(job.messageId) ?? 1) - 1
    if (open > 0) this.#taken.set(job.messageId, open)
    else this.#taken.delete(job.messageId)
    if (this.#closed) return
    if (wantsMore(lane)) {
      lane.overflowed = false
      this.#walk.restart()
    }
    this.#start()
    this.#fill()
  }

  /** A destination that is at rest leaves no trace in memory. */
  #forget(lane: Lane): void {
    if (isAtRest(lane) && lane.blockedUntil <= this.#options.clock()) this.#lanes.delete(lane.key)
  }

  #sleep(): void {
    clearTimeout(this.#timer)
    const next = this.#options.queue.nextDueAfter(this.#walk.until) ?? Infinity
    const wait = Math.max(next - this.#options.clock(), 1)
    this.#timer =
      wait < sweepMs ? setTimeout(() => this.look(), wait) : setTimeout(() => this.sweep(), sweepMs)
    this.#timer.unref()
  }
}
