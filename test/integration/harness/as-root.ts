import { missing, type Skipping } from './programs.ts'

/** Whether programs can be started that give up root's rights by themselves; if not, the test is skipped, or fails where services are required. */
export function isRoot(t: Skipping, name: string): boolean {
  if (process.getuid?.() === 0) return true
  missing(t, `${name} can only be started by root`)
  return false
}
