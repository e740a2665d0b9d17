import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in ticks of 10 ms (sysconf(_SC_CLK_TCK) = 100 on every platform that Node runs on). */
const tickMs = 10

/** Processor milliseconds (user + system, all threads) that a process and its children, ended ones too, have used so far. */
export function processCpuMs(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, id) => sum + ticksOf(id) * tickMs, 0)
}

/** Resident memory of the process and its children in MiB. */
export function processRssMiB(pid: number): number {
  const kib = [pid, ...childrenOf(pid)].map(
    (id) => /^VmRSS:\s+(\d+)/mu.exec(readProc(id, 'status'))?.[1] ?? '0'
  )
  return kib.reduce((sum, value) => sum + Number(value) / 1_024, 0)
}

function ticksOf(pid: number): number {
  // Fields 14 to 17 of proc(5) stat: its own, and of ended children; the name in field 2 may hold spaces, so count from its closing bracket.
  const fields = readProc(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
}

function childrenOf(pid: number): number[] {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
  const direct = processes.filter(
    (id) => readProc(id, 'stat').split(') ').at(-1)?.split(' ')[1] === String(pid)
  )
  return direct.flatMap((id) => [id, ...childrenOf(id)])
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // the process has ended meanwhile
  }
}
