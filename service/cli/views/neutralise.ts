/**
 * Text from mail, made safe to show: what would move the cursor, colour, hide or reorder what follows becomes visible instead. C0
 * controls show as their pictures (U+2400 block); DEL, C1, line separators and direction controls as U+FFFD.
 */
export function neutralise(text: string): string {
  return text
    .replaceAll(c0, (control) => String.fromCodePoint(pictures + control.charCodeAt(0)))
    .replaceAll(others, '\ufffd')
}

const pictures = 0x24_00
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const c0 = /[\u0000-\u001f]/gu
const others = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu
