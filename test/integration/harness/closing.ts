/** Something that ends, and closes then what was opened for it: a test (`t`), or a file of tests (`{ after }` of node:test). */
export interface Closing {
  after(act: () => Promise<void>): void
}

type Act = () => Promise<void>

const stacks = new WeakMap<Closing, Act[]>()

/**
 * What was opened last is closed first, so that a program ends before its directory goes (node:test runs `after` hooks in the order of
 * their registration). Everything is closed, whatever fails; the first fault is thrown at the end.
 */
export function onClose(t: Closing, act: Act): void {
  const known = stacks.get(t)
  if (known !== undefined) {
    known.push(act)
    return
  }
  const stack = [act]
  stacks.set(t, stack)
  t.after(() => closeAll(stack))
}

async function closeAll(stack: Act[]): Promise<void> {
  const faults: unknown[] = []
  for (let last = stack.pop(); last !== undefined; last = stack.pop()) {
    await last().catch((fault: unknown) => faults.push(fault))
  }
  if (faults.length > 0) throw faults[0]
}
