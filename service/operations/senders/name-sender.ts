import type { ResolveSender } from '../../senders/identity.ts'

/** The id under which the habits of somebody whom a person names are kept: spelling and aliases as for their mail. */
export function nameSender(name: string, resolveSender: ResolveSender): string {
  return resolveSender({ sender: name, auth: null, envelope: { mailFrom: null, rcptTo: [] } }).id
}
