/**
 * Format=flowed (RFC 3676): lines that end in a blank go on in the next one of the same quote depth; a blank at the start was stuffed.
 * `deletesBlank` is DelSp=yes, for scripts that write no blanks between words.
 */
export function unflow(text: string, deletesBlank: boolean): string {
  const lines: string[] = []
  let pieces: string[] = []
  let openDepth = -1
  for (const line of text.split('\n')) {
    const depth = quoteDepth(line)
    const content = line.slice(line[depth] === ' ' ? depth + 1 : depth)
    if (depth !== openDepth) {
      if (pieces.length > 0) lines.push(pieces.join(''))
      pieces = [depth === 0 ? '' : `${'>'.repeat(depth)} `]
    }
    // Section 4.3: the signature mark ends in a blank, but is never flowed.
    const goesOn = content.endsWith(' ') && content !== '-- '
    pieces.push(goesOn && deletesBlank ? content.slice(0, -1) : content)
    openDepth = goesOn ? depth : -1
  }
  lines.push(pieces.join(''))
  return lines.join('\n')
}

function quoteDepth(line: string): number {
  let depth = 0
  while (line[depth] === '>') depth += 1
  return depth
}
