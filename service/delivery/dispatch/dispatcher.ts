import { turnOf, type DueEntry } from '../../queue/indexes/turn.ts'
import type { Queue } from '../../queue/queue.ts'
import { createLaneBook, type LaneBook, type SiteNames } from './lane-book.ts'
import { domainsOf, isFullFor, leaveOnDisk, roomIn, wantsMore, type Job, type Lane } from './lane.ts'
import { toJobs } from './jobs.ts'
import { createReadyWalk, type ReadyWalk, type Visit } from './ready-walk.ts'
import { createRefills, type Refills } from './refills.ts'
import { createWindow, type Window } from './window.ts'
import type { Destination } from '../routes/route.ts'
import type { Steering } from '../routes/steering.ts'
import type { Allowances } from './throttles/allowances.ts'

export interface DispatcherOptions {
  readonly queue: Queue
  /** Chooses the way of each message. */
  readonly steering: Steering
  readonly allowances: Allowances
  /** Which domains share their hosts; without it each stands alone. */
  readonly sites?: SiteNames | undefined
  /** Epoch ms, never running backwards. */
  readonly clock: () => number
  /** Attempts at once: each has at most one connection. */
  readonly maxConnections: number
  /** Makes one attempt and records it; never rejects. */
  readonly run: (lane: Lane, job: Job) => Promise<void>
}

const sliceLength = 500
/** However still it is, the whole of what is due is looked over this often. */
const sweepMs = 60_000
/** Jobs in memory, all lanes together: some megabytes, however many destinations are slow. */
const maxWindow = 10_000
/** A message due later than this was timed by a clock that has been set back since: no schedule waits longer than a few days. */
const horizonMs = 7 * 24 * 3_600_000
const maxPulled = 500

/**
 * Decides what is attempted next. It keeps a small window of messages in memory: some for each destination, so that a slow one fills
 * only its own lane. Everything else stays in the indexes on disk, where each lane finds its own again. Nothing polls: a wake-up, an ended
 * attempt, a throttle that lets one more through or a due time moves it.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #walk: ReadyWalk
  readonly #window: Window
  readonly #refills: Refills
  readonly book: LaneBook
  readonly #running = new Map<Promise<void>, Job>()
  /** Senders that were set aside, and have mail on disk that nothing else leads to. */
  readonly #owed = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #slice: NodeJS.Immediate | undefined
  readonly #stopHearing: () => void
  #closed = false

  constructor(options: DispatcherOptions) {
    const { queue, clock, steering } = options
    this.#options = options
    this.#walk = createReadyWalk({ queue, clock, sliceLength })
    this.#window = createWindow(steering)
    this.book = createLaneBook({ ...options, onFound: () => this.#fill() })
    this.#stopHearing = steering.onBad((isBad) => this.#giveBack(isBad))
    this.#refills = createRefills({ queue, until: clock, inWindow: (id) => this.#window.domainsOf(id) })
  }

  /** Something may be due: look, without waiting. */
  look(): void {
    this.#walk.resume()
    this.#fill()
  }

  /** Looks over everything that is due. */
  sweep(): void {
    this.book.forgetIdle()
    void this.#pullForward()
    this.#walk.restart()
    this.#fill()
  }

  /** What a clock that has been set back since had put off. */
  async #pullForward(): Promise<void> {
    const { queue, clock } = this.#options
    const pulled = await queue.pullForward(clock() + horizonMs, maxPulled).catch(() => 0)
    if (pulled > 0) this.look()
  }

  /** Whether an attempt of the message has begun and not ended. */
  isUnderWay(messageId: string): boolean {
    for (const job of this.#running.values()) if (job.messageId === messageId) return true
    return false
  }

  /** Holds a sender's mail still until the function that it gives is called. */
  still(sender: string): () => void {
    const allowance = this.#options.allowances.ofSender(sender)
    allowance.isStill = true
    return () => {
      allowance.isStill = false
      this.#fill()
    }
  }

  /** Begins nothing more; resolves when what was begun has ended. */
  async drain(): Promise<void> {
    this.#closed = true
    this.#stopHearing()
    clearTimeout(this.#timer)
    clearImmediate(this.#slice)
    await Promise.all(this.#running.keys())
  }

  /** Reads on while more can be used, a slice at a time. */
  #fill(): void {
    if (this.#closed || this.#slice !== undefined) return
    this.#refill()
    const state = this.#needsMore() ? this.#walk.step((entry) => this.#visit(entry)) : 'paused'
    this.#start()
    if (state === 'paused' && this.#isHungry()) this.#slice = setImmediate(() => this.#nextSlice())
    else this.#sleep()
  }

  #nextSlice(): void {
    this.#slice = undefined
    this.#fill()
  }

  /** Lanes and senders that have room again take what they left on disk. */
  #refill(): void {
    const now = this.#options.clock()
    for (const lane of this.book.lanes()) {
      if (!wantsMore(lane, now) || this.#window.waiting >= maxWindow) continue
      if (lane.leftMany) {
        lane.leftMany = false
        this.#walk.restart()
      }
      for (const entry of this.#refills.ofLane(lane, roomIn(lane, now))) this.#visit(entry)
    }
    for (const sender of this.book.senders.freed(now)) this.#owed.add(sender)
    for (const sender of this.#owed) {
      if (this.#window.waiting >= this.#options.maxConnections * 2) return
      const { entries, isAll } = this.#refills.ofSender(sender)
      for (const entry of entries) this.#visit(entry)
      if (isAll || this.book.senders.isAside(sender, now)) this.#owed.delete(sender)
    }
  }

  #needsMore(): boolean {
    if (this.#window.waiting >= maxWindow) return false
    return this.book.startable() < this.#options.maxConnections * 2 || this.#isHungry()
  }

  /** Connections are free that no waiting job can use. */
  #isHungry(): boolean {
    if (this.#isBusy() || this.#window.waiting >= maxWindow) return false
    return this.book.next(this.#options.clock()) === undefined
  }

  #isBusy(): boolean {
    return this.#running.size >= this.#options.maxConnections
  }

  #visit(entry: DueEntry): Visit {
    const { clock } = this.#options
    const now = clock()
    if (this.book.senders.isAside(entry.sender, now)) return 'go-on'
    const jobs = this.#jobsOf(entry)
    const full = jobs.filter((job) => isFullFor(this.book.laneOf(job.destination), job.turn, now))
    for (const job of jobs) {
      const lane = this.book.laneOf(job.destination)
      if (full.includes(job)) leaveOnDisk(lane, domainsOf(job))
      else this.#take(lane, job, now)
    }
    return full.length > 0 && !this.#isHungry() ? 'stop' : 'go-on'
  }

  /** Those of its jobs that are not in the window yet. A full lane is passed over without reading the message. */
  #jobsOf(entry: DueEntry): readonly Job[] {
    const { id, destination, label } = entry
    const { steering, queue, clock } = this.#options
    const inWindow = this.#window.domainsOf(id)
    if (destination !== null && inWindow !== undefined) return []
    const turn = turnOf(entry)
    const hasRoom = (one: Destination): boolean => !isFullFor(this.book.laneOf(one), turn, clock())
    const hinted = destination === null ? [] : steering.possible(destination, label)
    if (destination !== null && hinted.length > 0 && !hinted.some(hasRoom)) {
      for (const one of hinted) leaveOnDisk(this.book.laneOf(one), [destination])
      return []
    }
    const message = queue.get(id)
    if (message?.state !== 'queued') return []
    const maxRecipients = (one: Destination): number =>
      this.book.laneOf(one).site?.limits.maxRecipientsPerMessage ?? Infinity
    return toJobs(message, turn, { steering, hasRoom, maxRecipients, inWindow })
  }

  /** Where its turn comes before that of others, the last of them goes back to the disk. */
  #take(lane: Lane, job: Job, now: number): void {
    const last = lane.waiting.at(-1)
    if (roomIn(lane, now) === 0 && last !== undefined && last.turn > job.turn)
      this.#window.putBack(lane, last)
    this.#window.add(lane, job)
    this.book.changed(lane)
  }

  /** The most pressing of the jobs that may begin, while connections are free. */
  #start(): void {
    while (!this.#closed && !this.#isBusy()) {
      const now = this.#options.clock()
      const lane = this.book.next(now)
      const job = lane?.waiting[0]
      if (lane === undefined || job === undefined) return
      if (this.book.senders.isFree(job.sender, now)) this.#begin(lane, now)
      else {
        this.#window.putBack(lane, job)
        this.book.changed(lane)
      }
    }
  }

  #begin(lane: Lane, now: number): void {
    const job = this.#window.begin(lane)
    if (job === undefined) return
    this.book.begun(lane, job, now)
    const done = this.#options.run(lane, job).finally(() => this.#running.delete(done))
    this.#running.set(done, job)
    void done.then(() => this.#finish(lane, job))
  }

  #finish(lane: Lane, job: Job): void {
    this.#window.end(job)
    this.book.ended(lane, job)
    if (!this.#closed) this.#fill()
  }

  /** What waits for a way that has turned bad is read, and chosen for, again. */
  #giveBack(isBad: (destination: Destination) => boolean): void {
    if (this.#closed) return
    for (const lane of this.book.lanes()) {
      if (!isBad(lane.destination)) continue
      for (const job of lane.waiting.toReversed()) this.#window.putBack(lane, job)
      this.book.changed(lane)
    }
    this.#slice ??= setImmediate(() => this.#nextSlice())
  }

  #sleep(): void {
    clearTimeout(this.#timer)
    const { queue, clock } = this.#options
    const now = clock()
    const next = Math.min(queue.nextDueAfter(this.#walk.until) ?? Infinity, this.book.wakesAt(now))
    const wait = Math.max(next - now, 1)
    this.#timer =
      wait < sweepMs ? setTimeout(() => this.look(), wait) : setTimeout(() => this.sweep(), sweepMs)
    this.#timer.unref()
  }
}
