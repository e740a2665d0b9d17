import { readFile } from 'node:fs/promises'
import { Reader, type Response } from 'maxmind'
import { createOwners, readOwners } from './network-owners.ts'
import { createPlaces, walkCountries4, walkCountries6 } from './network-countries.ts'
import type { NetworkTable } from './network-table.ts'

/** The files that the table is made from. */
export interface NetworkSources {
  /** `start,end,AS number,name`; addresses as decimal numbers, ascending. */
  readonly owners4: string
  readonly owners6: string
  /** MaxMind database of countries, IPv4 and IPv6. */
  readonly countries: string
}

/** Reads text and database into one table: 2 s and 200 MB for a moment, so not on the main thread. */
export async function buildNetworkTable(sources: NetworkSources): Promise<NetworkTable> {
  const owners = createOwners()
  const owners4 = readOwners(await readFile(sources.owners4, 'utf8'), 32, owners)
  const owners6 = readOwners(await readFile(sources.owners6, 'utf8'), 64, owners)
  const places = createPlaces()
  const reader = new Reader<Response>(await readFile(sources.countries))
  const countries4 = walkCountries4(reader, places)
  const countries6 = walkCountries6(reader, places)
  return { owners4, owners6, countries4, countries6, countries: places.names(), ...owners.finish() }
}
