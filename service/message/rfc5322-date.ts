/** A moment (epoch ms) as a Date or Received field writes it, in UTC (RFC 5322 section 3.3). */
export function rfc5322Date(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000')
}
