/** Where the body starts: after the first empty line. */
export function bodyStart(raw: string): number {
  const end = raw.indexOf('\r\n\r\n')
  return end < 0 ? raw.length : end + 4
}

/** One text/plain body in a plain transfer encoding: lines can be put in as they stand. */
export function isPlainText(raw: string): boolean {
  const head = raw.slice(0, bodyStart(raw))
  return !/content-type:(?!\s*text\/plain)/iu.test(head) && !/quoted-printable|base64/iu.test(head)
}

/** Value of a header field, unfolded; '' if it is missing. `name` must be a plain field name. */
export function fieldOf(raw: string, name: string): string {
  const found = new RegExp(`^${name}:((?:[^\\r\\n]|\\r\\n[ \\t])*)`, 'imu').exec(raw.slice(0, bodyStart(raw)))
  return (found?.[1] ?? '').replace(/\s+/gu, ' ').trim()
}

/** The message with these fields replaced or added, every other one as it was; an empty value removes the field. */
export function withFields(raw: string, fields: Readonly<Record<string, string>>): string {
  const start = bodyStart(raw)
  let head = raw.slice(0, start).replace(/(\r\n)+$/u, '\r\n')
  for (const [name, value] of Object.entries(fields)) {
    const whole = new RegExp(`^${name}:(?:[^\\r\\n]|\\r\\n[ \\t])*\\r\\n`, 'imu')
    const line = value === '' ? '' : `${name}: ${value}\r\n`
    head = whole.test(head) ? head.replace(whole, () => line) : head + line
  }
  return `${head}\r\n${raw.slice(start)}`
}

/** ASCII fits every body; other characters would need the charset that the mail happens to declare, and a wrong one would be told at once. */
export function ascii(line: string): string {
  const plain = line.replaceAll('£', 'GBP ').replaceAll('€', 'EUR ').normalize('NFKD')
  return plain.replaceAll(/[^\n\x20-\x7e]/gu, '').replaceAll('\n', '\r\n')
}
