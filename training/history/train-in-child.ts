import type { TrainMessage, TrainRequest } from '../../service/models/retrain/child-messages.ts'
import type { Progress } from '../progress.ts'
import { openReaders } from './open-readers.ts'
import type { TrainOnHistoryOptions } from './train-on-history.ts'

/** How each model is trained on history. Loaded when asked for. */
export type Trainers = Readonly<
  Record<
    TrainRequest['name'],
    (options: TrainOnHistoryOptions & { readonly contentDirectory: string }) => Promise<unknown>
  >
>

const trainers: Trainers = {
  content: async (options) => (await import('./train-content-on-history.ts')).trainContentOnHistory(options),
  takeover: async (options) =>
    (await import('./train-takeover-on-history.ts')).trainTakeoverOnHistory(options)
}

/** What `sluice train NAME --history` does, as the service's schedule asks for it; with too few messages nothing is begun. */
export async function trainInChild(
  request: TrainRequest,
  progress: Progress,
  by: Trainers = trainers
): Promise<TrainMessage> {
  const { name, history, since, now, minMessages, out, version, seed, contentDirectory } = request
  const { reader, close } = openReaders(history)
  try {
    const span = { since, until: now }
    const { messages } = await reader.summary(span)
    if (messages < minMessages) return { kind: 'few', messages }
    const createdAt = new Date(now).toISOString()
    const spanFlags = `--since ${new Date(since).toISOString()} --until ${createdAt}`
    const run = { reader, span, expected: messages, now, out, seed, version, createdAt, contentDirectory, progress } // prettier-ignore
    const command = `npx sluice train ${name} --history ${spanFlags} --out DIR --seed ${seed} --model-version ${version} --created-at ${createdAt}`
    await by[name]({ ...run, command, ...(request.backend && { backend: request.backend }) })
    return { kind: 'trained', directory: `${out}/${name}`, messages }
  } finally {
    await close()
  }
}
