/** Runs acts of the same key one after the other, in the order of the calls; those of different keys at the same time. */
export function inTurn(): <Result>(key: string, act: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>()
  return function runInTurn(key, act) {
    const before = last.get(key) ?? Promise.resolve()
    const own = before.then(act, act)
    last.set(key, own)
    const forget = (): void => {
      if (last.get(key) === own) last.delete(key)
    }
    own.then(forget, forget)
    return own
  }
}
