/** The cases that every client is shown. */
export const cases = ['honest', 'spam', 'takeover', 'killed', 'slow'] as const
export type Case = (typeof cases)[number]

export interface Outcome {
  /** `Postfix 3.7, milter`. */
  readonly client: string
  readonly case: Case
  /** What happened, in a few words: `held in its own queue`. */
  readonly happened: string
}

/** How an outcome travels from a test's process to the reporter that prints the table. */
export const outcomeMark = 'outcome '

interface Diagnosing {
  diagnostic(message: string): void
}

/** Told once a case has been seen to happen: the suite prints a table of them at its end. */
export function report(t: Diagnosing, outcome: Outcome): void {
  t.diagnostic(outcomeMark + JSON.stringify(outcome))
}
