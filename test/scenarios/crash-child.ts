import { configSchema } from '../../service/config/config-schema.ts'
import { startSluice } from '../../service/main.ts'
import type { FailpointName } from '../../service/queue/failpoint.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'

export interface CrashChildOptions {
  readonly config: object
  /** Ends itself, without a word to anyone, when it comes there for the `countdown`th time. */
  readonly failpoint: { readonly name: FailpointName; readonly countdown: number } | null
}

/** The whole service in a process of its own, as `npm start` runs it. Says when it is ready. */
const options = readOptions(process.argv[2] ?? '')
let left = options.failpoint?.countdown ?? Infinity
await startSluice(configSchema.parse(options.config), { log: silentLogger, version: 'test', failpoint })
process.stdout.write('ready\n')

function failpoint(name: FailpointName): void {
  if (name !== options.failpoint?.name) return
  left -= 1
  if (left <= 0) process.kill(process.pid, 'SIGKILL')
}

function readOptions(text: string): CrashChildOptions {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test beside this file writes it
  return JSON.parse(text) as CrashChildOptions
}
