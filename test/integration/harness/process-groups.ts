const open = new Set<number>()

// However this process ends, a signal included, what it started ends with it
process.once('exit', () => {
  for (const group of open) signalGroup(group, 'SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

/** A process that leads a group of its own (`detached`): it and its children are killed at the latest when this process ends. */
export function ownGroup(pid: number): void {
  open.add(pid)
}

/** Kills what is left of it. */
export function endGroup(pid: number): void {
  signalGroup(pid, 'SIGKILL')
  open.delete(pid)
}

/** To every member of the group; one that is gone already is fine. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
