import { readFileSync } from 'node:fs'

/** What the process has allocated, without the pages of files that are mapped into it. */
export function rssAnonMiB(): number {
  const status = readFileSync('/proc/self/status', 'utf8')
  return Number(/^RssAnon:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) / 1024
}
