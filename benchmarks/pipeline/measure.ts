import { setTimeout as sleep } from 'node:timers/promises'
import { processCpuMs, processRssMiB } from '../process-cpu.ts'
import type { OpenArm } from './arms.ts'
import type { Load } from './load.ts'
import { probeConnections, sendProbes } from './probe.ts'
import type { DumpingSink } from './sink.ts'

/** What one arm did with one load. */
export interface Measured {
  readonly messages: number
  /** From the first connection until the last message was with the sink. */
  readonly seconds: number
  /** Milliseconds from sent to arrived, of the probes. */
  readonly latenciesMs: readonly number[]
  readonly cpuMs: number
  /** At the end of the load. */
  readonly rssMiB: number
}

/** What is accepted and does not arrive within this is lost, as far as a benchmark can wait. */
const arrivalLimitMs = 60_000

/**
 * Accepted and delivered: the load ends when everything that was answered with 250, probes included, is with the sink. Throws if
 * anything was refused or did not arrive.
 */
export async function measure(
  arm: OpenArm,
  sink: DumpingSink,
  load: Load,
  { messages, connections }: { readonly messages: number; readonly connections: number }
): Promise<Measured> {
  sink.takeLatencies()
  const before = sink.received()
  const cpuBefore = cpuOf(arm)
  const startedAt = performance.now()
  const probes = sendProbes(arm.port, load.example)
  await load.send(arm.port, messages, Math.max(connections - probeConnections, 1))
  const { accepted } = await probes.stop()
  const rssMiB = arm.pids.reduce((sum, pid) => sum + processRssMiB(pid), 0)
  await arrived(() => sink.received() - before >= messages + accepted)
  const seconds = (performance.now() - startedAt) / 1_000
  return {
    messages: messages + accepted,
    seconds,
    latenciesMs: sink.takeLatencies(),
    cpuMs: cpuOf(arm) - cpuBefore,
    rssMiB
  }
}

/** Compiled code, warm caches, open connections: what a service that runs for weeks has. Gives messages per second. */
export async function warmUp(arm: OpenArm, sink: DumpingSink, load: Load, messages: number): Promise<number> {
  const before = sink.received()
  const startedAt = performance.now()
  await load.send(arm.port, messages, 20)
  await arrived(() => sink.received() - before >= messages)
  return messages / ((performance.now() - startedAt) / 1_000)
}

async function arrived(done: () => boolean): Promise<void> {
  const deadline = performance.now() + arrivalLimitMs
  while (!done()) {
    if (performance.now() > deadline)
      throw new Error(`accepted messages did not arrive within ${arrivalLimitMs} ms`)
    await sleep(2)
  }
}

function cpuOf({ pids }: OpenArm): number {
  return pids.reduce((sum, pid) => sum + processCpuMs(pid), 0)
}
