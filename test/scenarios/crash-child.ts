import { configSchema } from '../../service/config/config-schema.ts'
import type { FailpointName } from '../../service/queue/failpoint.ts'

export interface CrashChildOptions {
  readonly config: object
  /** Ends itself, without a word to anyone, when it comes there for the `countdown`th time. */
  readonly failpoint: { readonly name: FailpointName; readonly countdown: number } | null
  /** By this its clock is set on (or back): from the start, or at SIGUSR2. */
  readonly clockShiftMs?: number
  readonly startsShifted?: boolean
}

/** The whole service in a process of its own, as `npm start` runs it. Says when it is ready; what it warns of goes to its error output. */
const options = readOptions(process.argv[2] ?? '')
let left = options.failpoint?.countdown ?? Infinity
mayShiftClock(options)
// Only now: the service takes the clock as it is when it is loaded
const { startSluice } = await import('../../service/main.ts')
const { createLogger } = await import('../../service/telemetry/logger.ts')
const log = createLogger({ level: 'warn', redact: false, destination: process.stderr })
await startSluice(configSchema.parse(options.config), { log, version: 'test', failpoint })
process.stdout.write('ready\n')

function failpoint(name: FailpointName): void {
  if (name !== options.failpoint?.name) return
  left -= 1
  if (left <= 0) process.kill(process.pid, 'SIGKILL')
}

function mayShiftClock({ clockShiftMs = 0, startsShifted = false }: CrashChildOptions): void {
  const now = Date.now
  let shiftMs = startsShifted ? clockShiftMs : 0
  Date.now = () => now() + shiftMs
  process.on('SIGUSR2', () => (shiftMs = clockShiftMs))
}

function readOptions(text: string): CrashChildOptions {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the tests that start it write it
  return JSON.parse(text) as CrashChildOptions
}
