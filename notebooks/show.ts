import { setTimeout as sleep } from 'node:timers/promises'
import type { Shown } from './picture.ts'

interface Kernel {
  readonly jupyter: { display(value: unknown): Promise<void> }
}

/** The kernel drops what it tells while it is still sending what it told before: that a cell has begun, that it has ended. */
const apartMs = 40

/**
 * Shows a table or a picture under its cell, and resolves when it has left for the notebook. The value of a cell’s last line is shown as well, but may come after
 * the cell has ended, and is lost then to whoever runs notebooks without a window.
 */
export async function show(value: Shown | Promise<Shown>): Promise<void> {
  const kernel: unknown = Reflect.get(globalThis, 'Deno')
  if (!isKernel(kernel)) throw new Error('Nothing to show it in: this runs in a notebook with Deno’s kernel')
  const shown = await value
  await sleep(apartMs)
  await kernel.jupyter.display(shown)
  await sleep(apartMs)
}

function isKernel(value: unknown): value is Kernel {
  return typeof value === 'object' && value !== null && 'jupyter' in value
}
