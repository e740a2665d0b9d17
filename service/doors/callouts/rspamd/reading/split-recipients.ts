/** Whatever is no comma, commas within a quoted local part included (RFC 5321 section 4.1.2). A quote that never ends reaches to the end. */
const recipient = /(?:"(?:\\.|[^"\\])*(?:"|\\?$)|[^,"])+/gsu

/** The addresses of a `Rcpt` header: parted by commas. */
export function splitRecipients(text: string): readonly string[] {
  return Array.from(text.matchAll(recipient), ([address]) => address.trim()).filter(
    (address) => address !== ''
  )
}
