import type { Way } from './choose-way.ts'
import type { Mail } from './matching.ts'
import type { Destination } from './route.ts'

/** Mail to one domain that asks for a way. */
export interface Question extends Mail {
  /** Routes on which this message failed to get through just now: others first. */
  readonly avoid: readonly string[]
  /** A way whose window is full takes nothing more for the moment. */
  hasRoom(destination: Destination): boolean
}

/** The way that was chosen. */
export interface Choice {
  readonly destination: Destination
  /** The recipients' domain that it was asked for. */
  readonly domain: string
  readonly how: Way['how']
  /** What the story of the message tells about it; null: there was nothing to choose. */
  readonly why: string | null
  /** It is to find out whether the way is good again. */
  readonly isProbe: boolean
  /** Epoch ms: nothing may be sent before; null: now. */
  readonly waitUntil: number | null
}
