/** What the work gives, or `late` once the limit is over. The work goes on; what becomes of it then is nobody's concern any more. */
export function within<T>(work: Promise<T>, limitMs: number, late: T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), limitMs)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
