import type { ContentFit, FittedContentPart } from '../content/fit-content-part.ts'
import type { ShareDone } from '../progress.ts'
import type { HalfToFit } from '../takeover/corpus/fit-half.ts'
import type { FittedForestPart, FittedNetworkPart, TakeoverFit } from '../takeover/fit-takeover-part.ts'
import type { MailToObserve, ObservedMail } from '../content/observe-labelled.ts'

/** What threads do for a training run: values that can be copied from one to the other. */
export interface Jobs {
  readonly 'takeover network': { readonly asked: TakeoverFit; readonly answer: FittedNetworkPart }
  readonly 'takeover forest': { readonly asked: TakeoverFit; readonly answer: FittedForestPart }
  readonly 'content network': { readonly asked: ContentFit; readonly answer: FittedContentPart }
  readonly 'content half': { readonly asked: HalfToFit; readonly answer: string }
  readonly 'observe labelled': {
    readonly asked: readonly MailToObserve[]
    readonly answer: readonly (ObservedMail | null)[]
  }
}

export type JobKind = keyof Jobs
export type Asked<Kind extends JobKind> = Jobs[Kind]['asked']
export type Answer<Kind extends JobKind> = Jobs[Kind]['answer']

export type Carry<Kind extends JobKind> = (
  asked: Asked<Kind>,
  progress: ShareDone
) => Answer<Kind> | Promise<Answer<Kind>>
