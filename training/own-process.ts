import { constants, setPriority } from 'node:os'
import type { Progress } from './progress.ts'

/** What a process of the service's own may say, beside what it was asked for. */
type Said =
  | { readonly kind: 'progress'; readonly step: string; readonly done: number; readonly total: number }
  | { readonly kind: 'fault'; readonly code: string; readonly detail: string }

/**
 * Does what the one message over its channel asks, and says what came of it: beside the service and never in it. It gives way to everything else, and lives as
 * long as the channel.
 */
export function serveOnce<Request, Answer extends object>(
  schema: { readonly parse: (raw: unknown) => Request },
  act: (request: Request, progress: Progress) => Promise<Answer>
): void {
  const tell = (message: Said | Answer): void => void process.send?.(message)
  process.on('disconnect', () => process.exit(0))
  process.on('SIGINT', () => undefined)
  setPriority(constants.priority.PRIORITY_LOW)
  const progress: Progress = (step, done, total) => tell({ kind: 'progress', step, done, total })
  process.once('message', (raw: unknown) => {
    Promise.resolve(raw)
      .then((asked) => act(schema.parse(asked), progress))
      .then(tell)
      .catch((error: unknown) => tell(faultOf(error)))
      .finally(() => process.disconnect())
  })
}

function faultOf(error: unknown): Said {
  if (!(error instanceof Error)) return { kind: 'fault', code: 'UNEXPECTED', detail: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'UNEXPECTED'
  const remedy = 'remedy' in error && typeof error.remedy === 'string' ? ` ${error.remedy}` : ''
  const facts = 'facts' in error ? ` ${JSON.stringify(error.facts)}` : ''
  return { kind: 'fault', code, detail: `${error.message}${remedy}${facts}` }
}
