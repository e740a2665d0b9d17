// One training run on a data directory's history, by the code of `sluice train MODEL --history`; answers its parent with how long each step took.
import { parseArgs } from 'node:util'
import { withHistory } from '../../service/cli/training/with-history.ts'
import { backendChoices } from '../../service/models/tensor/backend-names.ts'
import { createTerminal } from '../../service/cli/views/terminal.ts'
import { trainContentOnHistory } from '../../training/history/train-content-on-history.ts'
import { trainTakeoverOnHistory } from '../../training/history/train-takeover-on-history.ts'
import { timeSteps } from './time-steps.ts'

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'takeover' },
    config: { type: 'string' },
    out: { type: 'string', default: 'trained' },
    senders: { type: 'string' },
    messages: { type: 'string' },
    unlabelled: { type: 'string' },
    backend: { type: 'string' }
  }
})
const steps = timeSteps()
const context = {
  configFile: values.config,
  json: true,
  terminal: createTerminal({ output: process.stdout })
}
steps.progress('start', 0, 1)
const manifest = await withHistory({}, context, async ({ reader, span }) => {
  const { messages: expected } = await reader.summary(span)
  const run = {
    reader, span, expected, now: Date.now(), out: values.out, seed: 1, version: '1.0.0', createdAt: '2026-11-22T00:00:00Z',
    command: `npx sluice train ${values.model} --history`, progress: steps.progress,
    backend: backendChoices.find((choice) => choice === values.backend) ?? 'auto'
  } // prettier-ignore
  if (values.model === 'content')
    return trainContentOnHistory({ ...run, ...(values.unlabelled && { maxUnlabelled: Number(values.unlabelled) }) }) // prettier-ignore
  const limits = {
    senders: Number(values.senders ?? 250),
    messages: Number(values.messages ?? 80),
    bad: 1_000
  }
  return trainTakeoverOnHistory({ ...run, limits })
})
process.send?.({ steps: steps.end(), metrics: manifest.metrics, data: manifest.data })
process.disconnect()
