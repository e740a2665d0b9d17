import type { Steering } from '../routes/steering.ts'
import { addJob, domainsOf, leaveOnDisk, type Job, type Lane } from './lane.ts'

/** The messages in memory: which of their domains have jobs that wait or are under way. */
export interface Window {
  /** Jobs that wait. */
  readonly waiting: number
  /** Domains of a message that have jobs already; undefined: it is not in the window. */
  domainsOf(messageId: string): ReadonlySet<string> | undefined
  add(lane: Lane, job: Job): void
  /** The lane's next job begins; undefined: it has none. */
  begin(lane: Lane): Job | undefined
  /** A job that waits goes back to the disk, to be read again later. */
  putBack(lane: Lane, job: Job): void
  /** A job that was begun has ended. */
  end(job: Job): void
}

export function createWindow(steering: Pick<Steering, 'took' | 'left'>): Window {
  /** Message → domain → its jobs. */
  const taken = new Map<string, Map<string, number>>()
  let waiting = 0
  return {
    get waiting() {
      return waiting
    },
    domainsOf(messageId) {
      const domains = taken.get(messageId)
      return domains && new Set(domains.keys())
    },
    add,
    begin,
    putBack,
    end
  }

  function add(lane: Lane, job: Job): void {
    const domains = taken.get(job.messageId) ?? new Map<string, number>()
    taken.set(job.messageId, domains)
    for (const domain of domainsOf(job)) domains.set(domain, (domains.get(domain) ?? 0) + 1)
    waiting += 1
    steering.took(job.choice)
    addJob(lane, job)
  }

  function begin(lane: Lane): Job | undefined {
    const job = lane.waiting.shift()
    if (job !== undefined) waiting -= 1
    return job
  }

  function putBack(lane: Lane, job: Job): void {
    const at = lane.waiting.indexOf(job)
    if (at === -1) return
    lane.waiting.splice(at, 1)
    waiting -= 1
    leaveOnDisk(lane, domainsOf(job))
    end(job)
  }

  function end(job: Job): void {
    steering.left(job.choice)
    const domains = taken.get(job.messageId)
    if (domains === undefined) return
    for (const domain of domainsOf(job)) {
      const jobs = (domains.get(domain) ?? 1) - 1
      if (jobs > 0) domains.set(domain, jobs)
      else domains.delete(domain)
    }
    if (domains.size === 0) taken.delete(job.messageId)
  }
}
