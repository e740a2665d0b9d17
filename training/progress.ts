/** Told of each step of a long run; `done` of `total`. The command line draws a bar from it. */
export type Progress = (step: string, done: number, total: number) => void

export const noProgress: Progress = () => undefined
