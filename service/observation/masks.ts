const maxShape = 40

/** The shape of an identifier: runs of letters as `a`, of digits as `9`, everything else as it stands. `laptop-07.local` → `a-9.a`. */
export function shapeOf(text: string): string {
  let shape = ''
  let last = ''
  for (let at = 0; at < text.length && shape.length < maxShape; at += 1) {
    const sign = signOf(text.charCodeAt(at), text.charAt(at))
    if (sign !== last || (sign !== 'a' && sign !== '9')) shape += sign
    last = sign
  }
  return shape
}

/**
 * Like `shapeOf`, but with letters and digits mixed in one run (hex, base64) as `x`: `<20221122.ab12cd@h>` → `<9.x@a>`.
 * Lengths of runs are kept in steps, for programs differ in them.
 */
export function identifierShape(text: string): string {
  let shape = ''
  for (const [run] of text.slice(0, 200).matchAll(/[a-z0-9]+|[^a-z0-9]/giu)) {
    shape += runShape(run)
    if (shape.length >= maxShape) break
  }
  return shape.slice(0, maxShape)
}

function runShape(run: string): string {
  const digits = /\d/u.test(run)
  const letters = /[a-z]/iu.test(run)
  if (!digits && !letters) return run
  const kind =
    digits && letters ? (/[g-z]/iu.test(run) ? 'x' : 'h') : digits ? '9' : /[A-Z]/u.test(run) ? 'A' : 'a'
  return `${kind}${run.length < 4 ? '' : run.length < 8 ? '+' : run.length < 16 ? '++' : '+++'}`
}

function signOf(unit: number, character: string): string {
  if (unit >= 0x30 && unit <= 0x39) return '9'
  if ((unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) || unit > 0x7f) return 'a'
  return character
}
