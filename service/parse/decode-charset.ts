const decoders = new Map<string, InstanceType<typeof TextDecoder> | null>()
/** Charset labels come from strangers; more than a few dozen exist nowhere. */
const maxDecoders = 100

/** Their bytes mean what an escape sequence before them says, in pieces that start anew. */
const stateful = /^(?:iso-2022|csiso2022|hz|utf-7)/u

/** Characters of bytes by the Encoding Standard, as mail readers do it; undefined for charsets that it does not know. */
export function decodeCharset(bytes: Buffer, charset: string): string | undefined {
  if (charset === 'utf-8' || charset === 'utf8') return bytes.toString('utf8')
  // Bytes above 127 in what claims to be ASCII are UTF-8 more often than anything else.
  if (charset === 'us-ascii' || charset === 'ascii') return bytes.toString('utf8')
  return stateful.test(charset) ? undefined : decoderOf(charset)?.decode(bytes)
}

/** Is the label one of the Encoding Standard? The mail library knows a few more, which no mail reader does. */
export function isKnownCharset(charset: string): boolean {
  return charset === 'utf-8' || charset === 'us-ascii' || decoderOf(charset) !== null
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> | null {
  const known = decoders.get(charset)
  if (known !== undefined) return known
  const decoder = createDecoder(charset)
  if (decoders.size < maxDecoders) decoders.set(charset, decoder)
  return decoder
}

function createDecoder(charset: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(charset)
  } catch {
    return null
  }
}
