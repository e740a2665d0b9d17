/** Text of others in a line of ours: it can neither end it nor begin another. */
export function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ')
}

/** For parts and fields of seven bits; line ends stay. */
export function asciiOnly(text: string): string {
  return text.replaceAll(/[^\t\n\r -~]/gu, '?')
}
