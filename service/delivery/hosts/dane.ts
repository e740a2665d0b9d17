import type { MxConnectOptions, TlsaAnswer } from 'mx-connect'
import type { Destination } from '../routes/route.ts'

/** An answer of a validating resolver. No records, where it proved or says that there are none. */
export interface SecureAnswer {
  /** The resolver validated it (AD, RFC 4035 section 3.2.3). */
  readonly secure: boolean
  readonly records: readonly unknown[]
}

/** Looks up records with their security; throws an error with a DNS code where there is no answer (also where it is bogus). */
export type ResolveSecurely = (name: string, type: 'A' | 'AAAA' | 'MX' | 'TLSA') => Promise<SecureAnswer>

/** Whose word on the hosts of a domain cannot have been forged. Nobody's, if the question fails. */
export async function isSecureMx(domain: string, resolve: ResolveSecurely): Promise<boolean> {
  try {
    return (await resolve(domain, 'MX')).secure
  } catch {
    return false
  }
}

/**
 * RFC 7672 section 2.2: TLSA records count where the look-up of the host, its address and the records themselves are signed. A look-up
 * that fails is thrown: such a host may not be used, or whoever suppresses an answer would switch DANE off.
 */
export function daneOf(
  { route, domain }: Destination,
  resolve: ResolveSecurely
): NonNullable<MxConnectOptions['dane']> {
  return {
    enabled: true,
    checkDnssecSecure: async (host) => ({
      secure:
        (route.kind !== 'mx' || (await resolve(domain, 'MX')).secure) && (await isSecureHost(host, resolve))
    }),
    resolveTlsa: async (name) => {
      const { secure, records } = await resolve(name, 'TLSA')
      return secure ? records.filter(isTlsa) : []
    }
  }
}

async function isSecureHost(host: string, resolve: ResolveSecurely): Promise<boolean> {
  const found = await resolve(host, 'A')
  return found.records.length > 0 ? found.secure : (await resolve(host, 'AAAA')).secure
}

function isTlsa(record: unknown): record is TlsaAnswer {
  return typeof record === 'object' && record !== null && 'usage' in record && 'cert' in record
}
