import { readFile } from 'node:fs/promises'

/** `ESTABLISHED` and, of clients that have said that they send no more, `CLOSE_WAIT` in the kernel's table. */
const open: ReadonlySet<string> = new Set(['01', '08'])

/**
 * Whether something has been sent to one of these ports of this machine that its process has not read: a question is under way to a process
 * that was stopped. From Linux's table of TCP connections (proc_pid_net(5)), which counts what waits as `rx_queue`.
 */
export async function hasUnreadBytes(ports: readonly number[]): Promise<boolean> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(readTable))
  return tables.some((table) =>
    table.split('\n').some((line) => {
      const [, local = '', , state = '', queues = ''] = line.trim().split(/\s+/u)
      const port = Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16)
      const unread = Number.parseInt(queues.slice(queues.indexOf(':') + 1), 16)
      return open.has(state) && ports.includes(port) && unread > 0
    })
  )
}

async function readTable(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    // A machine without IPv6
    return ''
  }
}
