/** Many Enron bodies still stand in quoted-printable while their fields say 7bit: no mail program sends that. */
export function decodeStray(raw: string): string {
  if (!/=(?:20|09|3D)|=\n/u.test(raw) || /quoted-printable/iu.test(raw)) return raw
  return raw
    .replace(/=\r?\n/gu, '')
    .replace(/=([0-9A-F]{2})/gu, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}
