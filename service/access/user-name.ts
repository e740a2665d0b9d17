/** One spelling for one user; undefined for what cannot be a name. */
export function normalName(name: string): string | undefined {
  const normal = name.normalize('NFC').toLowerCase()
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused here
  return /^[^\u0000-\u0020\u007f]{1,254}$/u.test(normal) ? normal : undefined
}
