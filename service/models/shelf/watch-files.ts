import { stat } from 'node:fs/promises'

/**
 * Calls back when a file has become another one. By looking, as watching a name misses what is renamed over it, and what happens on a network
 * file system. A file that changes while it is looked at is seen the next time.
 */
export function watchFiles(
  files: readonly string[],
  everyMs: number,
  onChange: () => void
): { close(): void } {
  let known: string | null = null
  const look = async (): Promise<void> => {
    const now = (await Promise.all(files.map(stampOf))).join(' ')
    if (known !== null && now !== known) onChange()
    known = now
  }
  void look()
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return { close: () => clearInterval(timer) }
}

async function stampOf(file: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(file)
    return `${ino}/${size}/${mtimeMs}`
  } catch {
    return 'none'
  }
}
