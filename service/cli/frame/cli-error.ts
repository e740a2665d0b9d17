import type { ExitName } from './exit-code.ts'

export interface CliErrorFacts {
  /** What the reader can do about it: a sentence or a command. */
  readonly remedy?: string
  readonly exit?: ExitName
  readonly cause?: unknown
}

/** A fault that the command line explains by itself: what is wrong and where, then what to do. */
export class CliError extends Error {
  override readonly name: string = 'CliError'
  readonly remedy: string | null
  readonly exit: ExitName

  constructor(message: string, { remedy, exit = 'fault', cause }: CliErrorFacts = {}) {
    super(message, { cause })
    this.remedy = remedy ?? null
    this.exit = exit
  }
}

/** The command line itself is wrong. */
export function usageError(message: string, remedy?: string): CliError {
  return new CliError(message, { exit: 'usage', ...(remedy !== undefined && { remedy }) })
}
