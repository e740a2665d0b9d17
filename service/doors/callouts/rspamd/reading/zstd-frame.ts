/** What the outside of a zstd frame says of it (RFC 8878 section 3.1.1). */
export interface ZstdFrame {
  /** null: the frame doesn't say. */
  readonly contentBytes: number | null
}

const magic = 0xfd2fb528
const headerAt = 5
const contentSizeWidths = [0, 2, 4, 8] as const
const dictionaryIdWidths = [0, 1, 2, 4] as const
const runLengthBlock = 1
const reservedBlock = 3

/**
 * The one frame that these bytes are; null where they are none, cut short, or more than one. Node's decoder does not tell: it takes the
 * first frame, as far as it is there, and is content.
 */
export function parseZstdFrame(bytes: Uint8Array): ZstdFrame | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headerAt || view.getUint32(0, true) !== magic) return null
  const descriptor = view.getUint8(headerAt - 1)
  const isSingleSegment = (descriptor & 0x20) !== 0
  const hasChecksum = (descriptor & 0x04) !== 0
  const flag = descriptor >> 6
  const width = flag === 0 && isSingleSegment ? 1 : (contentSizeWidths[flag] ?? 0)
  const sizeAt = headerAt + (isSingleSegment ? 0 : 1) + (dictionaryIdWidths[descriptor & 3] ?? 0)
  const end = blocksEnd(view, sizeAt + width)
  if (end === null || end + (hasChecksum ? 4 : 0) !== bytes.length) return null
  return { contentBytes: readSize(view, sizeAt, width) }
}

/** RFC 8878 section 3.1.1.2: three bytes a block header, of which 1 bit says that it is the last, 2 its type, 21 its size. */
function blocksEnd(view: DataView, start: number): number | null {
  for (let at = start; at + 3 <= view.byteLength;) {
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
    const type = (header >> 1) & 3
    if (type === reservedBlock) return null
    at += 3 + (type === runLengthBlock ? 1 : header >> 3)
    if ((header & 1) === 1) return at
  }
  return null
}

function readSize(view: DataView, at: number, width: number): number | null {
  switch (width) {
    case 1:
      return view.getUint8(at)
    case 2:
      return view.getUint16(at, true) + 256
    case 4:
      return view.getUint32(at, true)
    case 8:
      return Number(view.getBigUint64(at, true))
    default:
      return null
  }
}
