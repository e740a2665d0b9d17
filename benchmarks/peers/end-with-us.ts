import type { ChildProcess } from 'node:child_process'

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

/** However the benchmark ends, an interruption included, what it started ends with it. */
export function endWithUs<Child extends ChildProcess>(child: Child): Child {
  const end = (): void => void child.kill('SIGTERM')
  process.once('exit', end)
  child.once('exit', () => process.removeListener('exit', end))
  return child
}
