import type { Input } from '../session/input.ts'
import type { ProxyHeader, ProxyOutcome } from './proxy-header.ts'
import { parseProxyV1 } from './proxy-v1.ts'
import { parseProxyV2, proxyV2Signature } from './proxy-v2.ts'

/**
 * Takes the header off the start of a connection that a trusted proxy has opened. null: there is none, or none in time. Whether one comes
 * is never guessed (section 2 of the specification): on such a connection it must.
 */
export async function readProxyHeader(input: Input, deadline: number): Promise<ProxyHeader | null> {
  let bytes: Buffer = Buffer.alloc(0)
  for (;;) {
    const more = await input.chunk(deadline)
    if (more.kind !== 'bytes') return null
    bytes = Buffer.concat([bytes, more.bytes])
    const outcome = parse(bytes)
    if (outcome.kind === 'malformed') return null
    if (outcome.kind === 'incomplete') continue
    input.putBack(bytes.subarray(outcome.lengthBytes))
    return outcome.header
  }
}

function parse(bytes: Buffer): ProxyOutcome {
  return bytes[0] === proxyV2Signature[0] ? parseProxyV2(bytes) : parseProxyV1(bytes)
}
