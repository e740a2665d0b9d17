/** A fresh worker loads its code before it can start; on a busy machine that takes seconds. */
const startAllowanceMs = 15_000
/** How often a limit is checked within its span: a message is stopped at most this share later. */
const checksPerLimit = 4

/**
 * Calls `expire` once when `progress[0]`, which a worker counts up with each message that it starts, stands still for `limitMs`.
 * Gives a function that ends the watch.
 */
export function watchProgress(progress: Int32Array, limitMs: number, expire: () => void): () => void {
  const stepMs = Math.max(1, Math.ceil(limitMs / checksPerLimit))
  let seen = 0
  let stillMs = 0
  const timer = setInterval(() => {
    const now = Atomics.load(progress, 0)
    stillMs = now === seen ? stillMs + stepMs : 0
    seen = now
    if (stillMs < (now === 0 ? startAllowanceMs : limitMs)) return
    clearInterval(timer)
    expire()
  }, stepMs)
  return () => clearInterval(timer)
}
