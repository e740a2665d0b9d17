import type { ResolveRecords } from '../../service/delivery/hosts/connect-options.ts'

/** Records by name and type; a text stands for the error that the name server gives. */
export type Zone = Readonly<Record<string, Readonly<Record<string, readonly unknown[] | string>>>>

/** A zone with honest answers: no such name (NXDOMAIN), and no such record (NODATA). */
export function zone(records: Zone): ResolveRecords {
  return async (domain, type) => {
    const found = records[domain]?.[type] ?? (records[domain] ? 'ENODATA' : 'ENOTFOUND')
    if (typeof found === 'string') throw Object.assign(new Error(`${type} ${domain}`), { code: found })
    return found
  }
}
