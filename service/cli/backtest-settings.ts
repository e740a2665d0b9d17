import { availableParallelism } from 'node:os'
import type { BacktestOptions } from '../../training/backtest/backtest.ts'
import { openWorkers } from '../../training/backtest/open-workers.ts'
import type { Config } from '../config/config-schema.ts'
import type { NetworkLookup } from '../scoring/networks/network-lookup.ts'
import { createDirection } from '../senders/direction.ts'
import type { Limits } from '../verdict/limits.ts'
import { createResolveSender } from '../senders/identity.ts'

/** What the command line says about how a backtest is run. */
export interface BacktestFlags {
  readonly limit?: number
  /** Further labels of honest mail. */
  readonly honest?: readonly string[]
  /** The configuration's limits hold. */
  readonly withLimits?: boolean
  /** Nobody releases held history. */
  readonly keepHolds?: boolean
  readonly windowMinMessages?: number
  readonly windowMinSenders?: number
  /** Of the weight of all scores, 0 to 1. */
  readonly windowMaxSenderShare?: number
}

type Settings = Omit<BacktestOptions, 'models' | 'background' | 'bytes' | 'seed' | 'onFault' | 'write'>

/** As this installation is configured, but for what the command line says otherwise, and without limits. Starts the workers. */
export function backtestSettings(
  flags: BacktestFlags,
  { policy, limits, parse, identity, aliases }: Config,
  networks: NetworkLookup
): Settings {
  const workers = parse.workers > 0 ? parse.workers : Math.max(1, availableParallelism() - 1)
  const { budgetWindow } = policy
  return {
    policy,
    budgetWindow: {
      ...budgetWindow,
      minMessages: flags.windowMinMessages ?? windowOfFile.minMessages,
      minSenders: flags.windowMinSenders ?? windowOfFile.minSenders,
      maxSenderShare: flags.windowMaxSenderShare ?? windowOfFile.maxSenderShare
    },
    limits: flags.withLimits === true ? limits : lifted,
    resolveSender: createResolveSender({ ...identity, aliases }),
    directionOf: createDirection(identity.internalDomains),
    workers: openWorkers({ ...parse, workers }, networks),
    limit: flags.limit ?? Infinity,
    honestLabels: flags.honest ?? [],
    releasesHonest: flags.keepHolds !== true
  }
}

/** A file is small beside a provider's traffic, and nobody who feeds it attacks the window. */
const windowOfFile = { minMessages: 500, minSenders: 20, maxSenderShare: 0.1 }

const unbounded = 1_000_000_000

/** A file may hold a year without its pauses: what is tested are the models, not the safety net behind them. */
const lifted: Limits = {
  messagesPerHour: unbounded,
  messagesPerDay: unbounded,
  recipientsPerHour: unbounded,
  recipientsPerDay: unbounded,
  newRecipientsPerDay: unbounded
}
