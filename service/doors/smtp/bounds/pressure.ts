import { statfs } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How hard the service has it at the moment. */
export interface Pressure {
  /** How late timers came in the last second: the 99th percentile. */
  readonly eventLoopLagMs: number
  /** Of the disk that keeps what is accepted; null: not known. */
  readonly freeDiskBytes: number | null
  readonly memoryBytes: number
  /** Submissions being scored or waiting for it. */
  readonly scoringPending: number
}

export interface PressureGauge {
  read(): Pressure
  close(): void
}

export interface PressureGaugeOptions {
  readonly directory: string
  readonly scoringPending: () => number
}

const sampleMs = 1_000
const resolutionMs = 20

/** Measures once a second, so that asking costs nothing. */
export function createPressureGauge({ directory, scoringPending }: PressureGaugeOptions): PressureGauge {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  let eventLoopLagMs = 0
  let freeDiskBytes: number | null = null
  let memoryBytes = process.memoryUsage.rss()
  const timer = setInterval(() => void sample(), sampleMs)
  timer.unref()
  void sample()
  return { read, close }

  function read(): Pressure {
    return { eventLoopLagMs, freeDiskBytes, memoryBytes, scoringPending: scoringPending() }
  }

  async function sample(): Promise<void> {
    // The histogram holds whole intervals: what is beyond the interval itself is lateness
    eventLoopLagMs = delay.count === 0 ? 0 : Math.max(0, delay.percentile(99) / 1e6 - resolutionMs)
    delay.reset()
    memoryBytes = process.memoryUsage.rss()
    const disk = await statfs(directory).catch(() => null)
    freeDiskBytes = disk === null ? null : disk.bavail * disk.bsize
  }

  function close(): void {
    clearInterval(timer)
    delay.disable()
  }
}
