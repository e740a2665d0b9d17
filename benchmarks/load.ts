import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface HttpRequest {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface LoadResult {
  readonly requests: number
  readonly failed: number
  readonly seconds: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** Closed loop: `connections` requests in flight at any time, until all are sent. Gives the saturation throughput. */
export async function saturate(requests: readonly HttpRequest[], connections: number): Promise<LoadResult> {
  return await measure(async (send) => {
    let next = 0
    const worker = async (): Promise<void> => {
      for (let at = next++; at < requests.length; at = next++) await send(requests[at])
    }
    await Promise.all(Array.from({ length: connections }, worker))
  }, connections)
}

/** Open loop: requests start on a schedule of `perSecond`, whether or not earlier ones have ended; latency counts from the schedule. */
export async function paced(requests: readonly HttpRequest[], perSecond: number): Promise<LoadResult> {
  return await measure(async (send, startedAt) => {
    const sent: Promise<void>[] = []
    for (const [index, item] of requests.entries()) {
      const due = startedAt + (index * 1_000) / perSecond
      const wait = due - performance.now()
      if (wait > 1) await sleep(wait)
      sent.push(send(item, due))
    }
    await Promise.all(sent)
  }, 256)
}

type Send = (item: HttpRequest | undefined, dueMs?: number) => Promise<void>

async function measure(
  run: (send: Send, startedAt: number) => Promise<void>,
  sockets: number
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  const latencies: number[] = []
  let failed = 0
  const startedAt = performance.now()
  await run(async (item, dueMs) => {
    if (item === undefined) return
    const from = dueMs ?? performance.now()
    if (!(await post(item, agent))) failed++
    latencies.push(performance.now() - from)
  }, startedAt)
  const seconds = (performance.now() - startedAt) / 1_000
  agent.destroy()
  return summarise(latencies, failed, seconds)
}

export function summarise(latenciesMs: readonly number[], failed: number, seconds: number): LoadResult {
  const sorted = latenciesMs.toSorted((a, b) => a - b)
  const quantile = (q: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
  const requests = sorted.length
  return {
    requests,
    failed,
    seconds,
    perSecond: requests / seconds,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99)
  }
}

function post({ port, path, headers, body }: HttpRequest, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const options = {
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': body.length }
    }
    const sent = request(options, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode === 200))
      response.on('error', () => resolve(false))
    })
    sent.on('error', () => resolve(false))
    sent.end(body)
  })
}
