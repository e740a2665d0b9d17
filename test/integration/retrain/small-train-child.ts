// As training/history/train-child.ts, with few bundled senders beside the installation's: enough to run everything within seconds.
import { trainRequestSchema } from '../../../service/models/retrain/child-messages.ts'
import { trainInChild } from '../../../training/history/train-in-child.ts'
import { trainTakeoverOnHistory } from '../../../training/history/train-takeover-on-history.ts'
import { serveOnce } from '../../../training/own-process.ts'
import { tinyTakeoverCorpus } from '../../training/tiny-takeover-corpus.ts'

serveOnce(trainRequestSchema, (request, progress) =>
  trainInChild(request, progress, {
    content: () => Promise.reject(new Error('There are too few messages here for a content model')),
    takeover: async (options) => trainTakeoverOnHistory({ ...options, bundled: await tinyTakeoverCorpus() })
  })
)
