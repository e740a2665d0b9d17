// The process that a scheduled training runs in.
import { trainRequestSchema } from '../../service/models/retrain/child-messages.ts'
import { serveOnce } from '../own-process.ts'
import { trainInChild } from './train-in-child.ts'

serveOnce(trainRequestSchema, (request, progress) => trainInChild(request, progress))
