import type { X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls'
import mxConnect from 'mx-connect'
import { cleanReply } from './reply.ts'
import type { TlsDemand, TlsProof, TlsResult, TlsaRecord } from './tls-demand.ts'

export interface StartTlsOptions {
  readonly socket: Socket
  /** Name of the host: what its certificate must carry where that is asked for. */
  readonly hostname: string
  readonly demand: TlsDemand
  readonly timeoutMs: number
  /** PEM of further authorities. */
  readonly authorities?: readonly string[] | undefined
}

export type TlsOutcome =
  | { readonly kind: 'encrypted'; readonly socket: TLSSocket; readonly tls: TlsResult }
  /** `handshake`: no TLS at all; `unproven`: encrypted, but not by whom it should be. */
  | { readonly kind: 'failed'; readonly cause: 'handshake' | 'unproven'; readonly why: string }

/** The handshake, and whether the certificate is worth what the demand asks. Resolves in any case; after a failure the socket is destroyed. */
export async function startTls(options: StartTlsOptions): Promise<TlsOutcome> {
  const { demand, hostname } = options
  const shaken = await shakeHands(options)
  if (typeof shaken === 'string') return { kind: 'failed', cause: 'handshake', why: shaken }
  const fault = faultOf(shaken, demand, hostname)
  if (fault !== null) {
    shaken.destroy()
    return { kind: 'failed', cause: 'unproven', why: fault }
  }
  const tls = {
    version: shaken.getProtocol() ?? 'unknown',
    cipher: shaken.getCipher().name,
    verified: proofOf(shaken, demand)
  }
  return { kind: 'encrypted', socket: shaken, tls }
}

/** The encrypted socket, or why there is none. What the certificate is worth is looked at afterwards: it may only be tried. */
function shakeHands(options: StartTlsOptions): Promise<TLSSocket | string> {
  const { socket, hostname, timeoutMs, authorities } = options
  return new Promise((resolve) => {
    const secured = connect({
      socket,
      host: hostname,
      ...(isIP(hostname) === 0 && { servername: hostname }),
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      ...(authorities !== undefined && authorities.length > 0 && { ca: [...authorities] })
    })
    const timer = setTimeout(() => fail('the TLS handshake took too long'), timeoutMs)
    secured.once('secureConnect', () => {
      clearTimeout(timer)
      secured.removeListener('close', onClose)
      resolve(secured)
    })
    secured.on('error', (error) => fail(cleanReply(`the TLS handshake failed: ${error.message}`)))
    secured.once('close', onClose)

    function onClose(): void {
      fail('the host closed the connection during the TLS handshake')
    }

    function fail(why: string): void {
      clearTimeout(timer)
      secured.destroy()
      socket.destroy()
      resolve(why)
    }
  })
}

/** What the certificate lacks; null: nothing. */
function faultOf(secured: TLSSocket, { proof, tlsa }: TlsDemand, hostname: string): string | null {
  switch (proof) {
    case 'none':
      return null
    case 'pkix':
    case 'sts':
      return secured.authorized
        ? null
        : cleanReply(`the certificate of ${hostname} is not trusted: ${String(secured.authorizationError)}`)
    case 'dane':
      return daneFault(secured, tlsa, hostname)
  }
}

/** Where nothing was demanded, what was had is told all the same. */
function proofOf(secured: TLSSocket, { proof }: TlsDemand): TlsProof {
  if (proof !== 'none') return proof
  return secured.authorized ? 'pkix' : 'none'
}

/**
 * RFC 7672 section 3.1: for DANE-EE the record alone binds, neither name nor dates count; under DANE-TA the certificate must also carry
 * the host's name and be of today.
 */
function daneFault(secured: TLSSocket, tlsa: readonly TlsaRecord[], hostname: string): string | null {
  const leaf = secured.getPeerX509Certificate()
  if (leaf === undefined) return `${hostname} showed no certificate`
  const chain = chainOf(leaf)
  const { valid, matchedRecord } = mxConnect.dane.verifyCertAgainstTlsa(leaf, tlsa, chain)
  if (!valid) return `the certificate of ${hostname} matches none of its TLSA records (DANE)`
  if (matchedRecord?.usage === 3) return null
  const now = Date.now()
  if ([leaf, ...chain].some((one) => Date.parse(one.validFrom) > now || Date.parse(one.validTo) < now))
    return `the certificate of ${hostname} is not of today (DANE)`
  const named = checkServerIdentity(hostname, secured.getPeerCertificate())
  return named === undefined
    ? null
    : cleanReply(`the certificate is not that of ${hostname} (DANE): ${named.message}`)
}

/** More links no honest chain has. */
const maxChainLength = 10

function chainOf(leaf: X509Certificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  let next = leaf.issuerCertificate
  while (
    next !== undefined &&
    chain.length < maxChainLength &&
    next.fingerprint256 !== chain.at(-1)?.fingerprint256
  ) {
    chain.push(next)
    next = next.issuerCertificate
  }
  return chain
}
