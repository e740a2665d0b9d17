// The process that the service's check of drift runs in.
import { driftRequestSchema, type DriftMessage } from '../../service/models/retrain/child-messages.ts'
import { openReaders } from '../history/open-readers.ts'
import { serveOnce } from '../own-process.ts'
import { measureDrift } from './measure-drift.ts'
import { summariseDrift } from './report/summarise-drift.ts'
import { trainedOnIn } from './trained-on.ts'
import { writeDrift } from './report/write-drift.ts'

serveOnce(driftRequestSchema, async (request, progress): Promise<DriftMessage> => {
  const { history, now, holdBudgetPer10k, badPrior, models, report: directory } = request
  const { reader, close } = openReaders(history)
  try {
    const trainedOn = trainedOnIn(models)
    const report = await measureDrift({ reader, now, holdBudgetPer10k, badPrior, trainedOn, progress })
    await writeDrift(directory, report)
    return { kind: 'measured', messages: report.messages, items: [...summariseDrift(report)] }
  } finally {
    await close()
  }
})
