/** The domain of a stored address, in lower case; '' for one without. */
export function domainOfText(address: string): string {
  const at = address.lastIndexOf('@')
  return at === -1 ? '' : address.slice(at + 1).toLowerCase()
}
