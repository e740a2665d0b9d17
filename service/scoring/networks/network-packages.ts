import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { NetworkSources } from './build-network-table.ts'

export interface NetworkPackages {
  readonly sources: NetworkSources
  /** Changes with either package. */
  readonly version: string
}

/** Gives the path of a module, or throws. */
export type ResolvePackage = (name: string) => string

/** Where the installed packages keep their data. Rejects where one is missing. */
export async function findNetworkPackages(
  resolve: ResolvePackage = createRequire(import.meta.url).resolve
): Promise<NetworkPackages> {
  const asn = resolve('@ip-location-db/asn/package.json')
  const country = resolve('@ip-location-db/geo-whois-asn-country-mmdb/package.json')
  return {
    version: `${await versionIn(asn)} ${await versionIn(country)}`,
    sources: {
      owners4: join(dirname(asn), 'asn-ipv4-num.csv'),
      owners6: join(dirname(asn), 'asn-ipv6-num.csv'),
      countries: join(dirname(country), 'geo-whois-asn-country.mmdb')
    }
  }
}

async function versionIn(packageFile: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(packageFile, 'utf8'))
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return hasVersion ? String(manifest.version) : ''
}
