import { SingleBar } from 'cli-progress'
import { noProgress, type Progress } from '../../../training/progress.ts'

export interface ProgressBars {
  readonly progress: Progress
  end(): void
}

/** A bar a step, on standard error: standard output may be read by a machine. Nothing where nobody looks. */
export function openProgressBars(): ProgressBars {
  if (!process.stderr.isTTY) return { progress: noProgress, end: () => undefined }
  let current: { readonly step: string; readonly bar: SingleBar } | null = null
  const end = (): void => {
    current?.bar.stop()
    current = null
  }
  const progress: Progress = (step, done, total) => {
    if (current?.step !== step) {
      end()
      const bar = new SingleBar({
        format: '  {step} {bar} {value}/{total}  {eta_formatted}',
        barsize: 30,
        hideCursor: true
      })
      bar.start(total, done, { step: step.padEnd(32) })
      current = { step, bar }
    }
    current.bar.setTotal(total)
    current.bar.update(done)
  }
  return { progress, end }
}
