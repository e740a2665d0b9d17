import { readdirSync, readFileSync } from 'node:fs'
import type { WorldReport } from '../../../service/message/world-report.ts'

const folder = new URL('../../corpora/feedback/', import.meta.url)

/** Invented reports by name, one a dialect, as they come over the wire. */
export function reportNames(): readonly string[] {
  return readdirSync(folder).flatMap((name) => (name.endsWith('.eml') ? [name.slice(0, -4)] : []))
}

/** Line ends become CRLF. `as` replaces the return path that stands in it. */
export function reportBytes(name: string, as = 'sb-return@bounces.example.org'): Buffer {
  const text = readFileSync(new URL(`${name}.eml`, folder), 'utf8').replaceAll('\n', '\r\n')
  return Buffer.from(text.replaceAll('sb-return@bounces.example.org', as))
}

export function expectedReport(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.expected`, folder), 'utf8'))
}

/** As it stands in the corpus: of the header that came back, its Message-ID. */
export function shown(report: WorldReport): unknown {
  if (report.kind !== 'bounce') return report
  const found = /^message-id: *(.*?)\r?$/imu.exec(Buffer.from(report.header).toString())?.[1]
  return { ...report, header: found ?? null }
}
