/** The parts of mailauth 7.1.0 that this room uses below its main module, and that bring no types. */
declare module 'mailauth/lib/dkim/body/index.js' {
  export interface BodyHash {
    update(chunk: Uint8Array): void
    digest(encoding: 'base64'): string
  }
  export function dkimBody(canonicalization: 'relaxed' | 'simple', algorithm: 'sha256'): BodyHash
}

declare module 'mailauth/lib/dkim/header/index.js' {
  export interface SignatureValues {
    readonly signingDomain: string
    readonly selector: string
    readonly algorithm: string
    readonly canonicalization: string
    readonly bodyHash: string
    /** Epoch seconds. */
    readonly timestamp: number
  }
  export function generateCanonicalizedHeader(
    type: 'DKIM',
    lines: { readonly keys: string; readonly headers: readonly { readonly line: Uint8Array }[] },
    values: SignatureValues
  ): { canonicalizedHeader: Buffer; dkimHeaderOpts: Readonly<Record<string, unknown>> }
}

declare module 'mailauth/lib/tools.js' {
  export interface ParsedField {
    /** Lower case. */
    readonly key: string
    readonly casedKey: string
    readonly line: Buffer
  }
  export function parseHeaders(head: Uint8Array): { readonly parsed: readonly ParsedField[] }
  export function formatSignatureHeaderLine(
    type: 'DKIM',
    values: Readonly<Record<string, unknown>>,
    folded: true
  ): string
  /** Lower case, without a trailing dot, as A-labels. */
  export function formatDomain(domain: string): string
  export function getAlignment(
    fromDomain: string,
    domains: readonly string[],
    strict: boolean
  ): { readonly domain: string } | false
}

declare module 'mailauth/lib/dmarc/author-domain.js' {
  export function getAuthorDomain(
    addresses: readonly string[],
    fromFields: number
  ): { readonly authorDomain?: string; readonly reason?: string }
}

declare module 'mailauth/lib/dmarc/get-dmarc-record.js' {
  /** undefined: it is no DMARC record. */
  export function parseDmarcRecord(record: string): Readonly<Record<string, unknown>> | undefined
}
