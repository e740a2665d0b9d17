import type { ObserveChunks } from '../content/load-content-corpus.ts'
import { openWorkers, type Workers, type WorkersOptions } from './open-workers.ts'

/** Ends the threads, whatever happens. */
export async function withWorkers<Result>(
  options: WorkersOptions,
  act: (workers: Workers) => Promise<Result>
): Promise<Result> {
  const workers = openWorkers(options)
  try {
    return await act(workers)
  } finally {
    await workers.close()
  }
}

/** Two parts of a run: side by side where threads do the second, else one after the other. */
export function besideWorkers<Here, There>(
  { threads }: Pick<Workers, 'threads'>,
  here: () => Promise<Here>,
  there: () => Promise<There>
): Promise<readonly [Here, There]> {
  return threads > 1 ? Promise.all([here(), there()]) : inTurn(here, there)
}

async function inTurn<Here, There>(
  here: () => Promise<Here>,
  there: () => Promise<There>
): Promise<readonly [Here, There]> {
  return [await here(), await there()]
}

/** For `loadContentCorpus`: threads observe. */
export function observeIn(workers: Pick<Workers, 'run'>): ObserveChunks {
  return (chunks, progress) => workers.run('observe labelled', chunks, progress)
}
