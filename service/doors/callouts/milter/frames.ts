/** One packet of the milter protocol: uint32 length (big-endian, letter included), a letter, data. */
export interface Frame {
  readonly letter: string
  readonly data: Buffer
}

/** Why what comes is no milter protocol. */
export type BrokenFrame = 'empty-frame' | 'frame-too-long'

export interface FrameDecoder {
  /** The frames that `chunk` completes. Nothing comes after a broken one. */
  decode(chunk: Buffer): Generator<Frame | BrokenFrame, void, undefined>
  /** Whether the beginning of a frame is there, and its end is not. */
  isWithinFrame(): boolean
}

const lengthBytes = 4

/** Keeps at most one frame of `maxFrameBytes`. A frame's data is a copy of its own, so that no frame keeps the chunk that it came in. */
export function createFrameDecoder(maxFrameBytes: number): FrameDecoder {
  const length = Buffer.alloc(lengthBytes)
  let lengthHave = 0
  let frame: Buffer | null = null
  let frameHave = 0

  function* decode(chunk: Buffer): Generator<Frame | BrokenFrame, void, undefined> {
    let at = 0
    while (at < chunk.length) {
      if (frame === null) {
        const taken = chunk.copy(length, lengthHave, at)
        at += taken
        lengthHave += taken
        if (lengthHave < lengthBytes) return
        const announced = length.readUInt32BE()
        if (announced === 0) return yield 'empty-frame'
        if (announced > maxFrameBytes) return yield 'frame-too-long'
        frame = Buffer.allocUnsafe(announced)
      }
      const taken = chunk.copy(frame, frameHave, at)
      at += taken
      frameHave += taken
      if (frameHave < frame.length) return
      const whole = frame
      frame = null
      lengthHave = frameHave = 0
      yield { letter: whole.toString('latin1', 0, 1), data: whole.subarray(1) }
    }
  }

  return { decode, isWithinFrame: () => lengthHave > 0 }
}

export function encodeFrame(letter: string, ...data: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(lengthBytes + 1)
  head.writeUInt32BE(1 + data.reduce((sum, { length }) => sum + length, 0))
  head.write(letter, lengthBytes, 'latin1')
  return Buffer.concat([head, ...data])
}

/** The protocol's numbers within a frame. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
