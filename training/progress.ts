/** Told of each step of a long run; `done` of `total`. The command line draws a bar from it. */
export type Progress = (step: string, done: number, total: number) => void

export const noProgress: Progress = () => undefined

/** Told how much of one thing is done, 0 to 1. */
export type ShareDone = (share: number) => void
