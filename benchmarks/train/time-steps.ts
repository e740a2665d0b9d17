import type { Progress } from '../../training/progress.ts'

/** Seconds by step. Steps that run side by side share the time between them, each by how often it is told of. */
export interface StepTimes {
  readonly progress: Progress
  end(): Readonly<Record<string, number>>
}

/** Time belongs to the step that is told of at its end. */
export function timeSteps(): StepTimes {
  const seconds = new Map<string, number>()
  let at = performance.now()
  let last = ''
  const spend = (step: string): void => {
    const now = performance.now()
    seconds.set(step, (seconds.get(step) ?? 0) + (now - at) / 1_000)
    at = now
    last = step
  }
  return {
    progress: (step) => spend(step),
    end() {
      spend(last === '' ? 'all' : 'export')
      return Object.fromEntries(seconds)
    }
  }
}
