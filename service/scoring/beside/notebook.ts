import type { ModelComparison, ModelComparisons } from '../../senders/model-comparisons.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Committed } from '../commit.ts'
import type { Case } from '../settle.ts'
import type { ShadowJudge } from './shadow-judges.ts'

export interface NotebookOptions {
  readonly comparisons: Pick<ModelComparisons, 'note'>
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly log: Pick<Logger, 'warn'>
}

export interface Compared {
  readonly known: Case
  readonly committed: Committed
  readonly shadow: ShadowJudge
  readonly comparison: ModelComparison
}

/** Comparisons on their way to the disk, many in one transaction. A crash loses the last second of them. */
export function createNotebook({ comparisons, accept, log }: NotebookOptions) {
  let open: Compared[] = []
  let dropped: ShadowJudge[] = []
  let writing: Promise<void> = Promise.resolve()

  function write(): Promise<void> {
    if (open.length === 0 && dropped.length === 0) return writing
    const page = open
    const lost = dropped
    open = []
    dropped = []
    writing = writing.then(() => writePage(page, lost))
    return writing
  }

  async function writePage(page: readonly Compared[], lost: readonly ShadowJudge[]): Promise<void> {
    try {
      await accept(() => {
        for (const [shadow, own] of Map.groupBy(page, (one) => one.shadow)) {
          for (const { known, committed, comparison } of own) shadow.count(known, committed, comparison)
          comparisons.note(shadow, { compared: own.map(({ comparison }) => comparison), dropped: 0 })
        }
        for (const [shadow, { length }] of Map.groupBy(lost, (one) => one))
          comparisons.note(shadow, { compared: [], dropped: length })
      })
    } catch (error) {
      log.warn('scoring.shadow_not_recorded', { comparisons: page.length, error: String(error) })
    }
  }

  return {
    add: (compared: Compared): void => void open.push(compared),
    /** One whose message was not looked at. */
    drop: (shadow: ShadowJudge): void => void dropped.push(shadow),
    length: (): number => open.length,
    /** Never rejects. */
    write
  }
}
