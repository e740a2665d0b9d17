/** Whether an address needs SMTPUTF8 (RFC 6531): its domain can be written in ASCII, its local part cannot. */
export function isInternational(address: string): boolean {
  return /[^\u0000-\u007f]/u.test(address.slice(0, address.lastIndexOf('@'))) // oxlint-disable-line no-control-regex -- ASCII is the point
}
