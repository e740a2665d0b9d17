/** What the shell learns. One table: the help text and the commands read it. */
export const exitCodes = {
  ok: { code: 0, means: 'done; score: every message is allowed' },
  fault: { code: 1, means: 'something went wrong; standard error says what, and what to do' },
  usage: { code: 2, means: 'the command line is not understood' },
  held: { code: 3, means: 'score: a message would be held' },
  blocked: { code: 4, means: 'score: a message would be blocked' }
} as const

export type ExitName = keyof typeof exitCodes

export function exitCode(name: ExitName): number {
  return exitCodes[name].code
}
