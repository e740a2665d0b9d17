import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client'

/** Every counter: name → what it counts, and its labels. */
const counters = {
  sluice_verdicts_total: { help: 'Verdicts given', labels: ['verdict'] },
  sluice_duplicates_total: { help: 'Repeated requests answered with their first verdict', labels: [] },
  sluice_verdicts_raised_total: {
    help: 'Messages that a later question about them, with more recipients or their content, made worse',
    labels: ['from', 'to']
  },
  sluice_unreadable_total: { help: 'Messages that could not be parsed', labels: ['cause'] },
  sluice_overloaded_total: { help: 'Submissions refused early because too many were waiting', labels: [] },
  sluice_smtp_replies_total: { help: 'Final replies to DATA by code', labels: ['code'] },
  sluice_smtp_refused_total: {
    help: 'Connections, sessions and messages refused because of a bound, by which',
    labels: ['cause']
  },
  sluice_smtp_logins_failed_total: { help: 'Refused logins by mechanism', labels: ['method'] },
  sluice_malware_scans_total: { help: 'Messages handed to the virus scanner', labels: ['outcome'] },
  sluice_reports_total: { help: 'Delivery reports to senders', labels: ['outcome'] },
  sluice_world_reports_total: {
    help: 'Bounces, complaints and automatic answers that came back to signed addresses',
    labels: ['kind', 'outcome']
  },
  sluice_back_off_total: { help: 'Destinations slowed down, or let go faster again', labels: ['change'] },
  sluice_blocklist_lookups_total: {
    help: 'Questions about our egress addresses to blocklists',
    labels: ['outcome']
  },
  sluice_delivery_attempts_total: { help: 'Delivery attempts per recipient', labels: ['outcome'] },
  sluice_refusals_total: { help: 'Recipients refused or put off, by why', labels: ['kind', 'outcome'] },
  sluice_mta_sts_total: {
    help: 'Policies of MTA-STS fetched or unavailable, and hosts that they do not name',
    labels: ['outcome']
  },
  sluice_route_messages_total: {
    help: 'Jobs given to a route, by how it was chosen',
    labels: ['route', 'how']
  },
  sluice_route_changes_total: {
    help: 'Ways to a destination that turned bad, or came back',
    labels: ['route', 'to', 'cause']
  },
  sluice_holds_decided_total: { help: 'Held messages decided', labels: ['decision'] },
  sluice_recalled_total: {
    help: 'Queued messages looked at again because their sender was contained',
    labels: ['outcome']
  },
  sluice_feedback_total: { help: 'Feedback taken, repetitions not counted', labels: ['label', 'source'] },
  sluice_callouts_total: {
    help: 'Questions of mail servers answered, by client profile and what it was told',
    labels: ['client', 'disposition']
  },
  sluice_history_rows_total: { help: 'Rows written to ClickHouse', labels: ['table'] },
  sluice_history_lost_total: {
    help: 'Rows lost because more waited for ClickHouse than is kept',
    labels: []
  },
  sluice_shadow_models_total: {
    help: 'Messages that a shadow model scored, or did not because too many were waiting',
    labels: ['outcome']
  },
  sluice_containment_changes_total: { help: 'Changes of a sender’s containment', labels: ['to', 'cause'] }
} as const satisfies Record<string, { help: string; labels: readonly string[] }>

/** Every histogram, in seconds. */
const histograms = {
  sluice_scoring_seconds: {
    help: 'From submission to durable verdict',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 5]
  },
  sluice_malware_scan_seconds: {
    help: 'One message with attachments through the virus scanner',
    buckets: [0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 10]
  },
  sluice_delivery_seconds: {
    help: 'One delivery attempt',
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600]
  }
} as const satisfies Record<string, { help: string; buckets: readonly number[] }>

/** Every gauge: read when /metrics is asked. */
const gauges = {
  sluice_smtp_connections: 'SMTP sessions open now',
  sluice_queue_messages: 'Messages waiting for delivery',
  sluice_held_messages: 'Messages held for a decision',
  sluice_history_waiting: 'Rows on disk that ClickHouse does not have yet',
  sluice_scoring_pending: 'Submissions being scored or waiting for it',
  sluice_hold_threshold: 'The risk from which messages are held at the moment',
  sluice_budget_window_messages: 'Scores that the hold threshold can follow',
  sluice_budget_window_senders: 'Senders of these scores when the threshold was last computed',
  sluice_budget_window_held_share: 'The share of these scores that were held for their risk',
  sluice_hold_budget_exceeded:
    '1: more is held than the budget allows, and the threshold may not rise further'
} as const satisfies Record<string, string>

/** Every gauge with labels: all of its values are read when /metrics is asked. */
const labelledGauges = {
  sluice_model_drift_columns: {
    help: 'What a model reads and says, by how far it has moved from the reference in the last whole week measured',
    labels: ['model', 'state']
  },
  sluice_model_feature_psi: {
    help: 'Population stability index of the ten columns that have moved furthest',
    labels: ['model', 'column']
  },
  sluice_blocklist_listed: {
    help: '1: the blocklist names this egress address of ours',
    labels: ['address', 'zone']
  },
  sluice_back_off_share: {
    help: 'What a destination that asked us to slow down is given, as a share of what it would get; the twenty lowest',
    labels: ['destination']
  },
  sluice_route_bad_paths: {
    help: 'Destinations that mail of the route goes around, or that get theirs back',
    labels: ['route']
  },
  sluice_model_training_failed: {
    help: '1: the last scheduled training of the model failed',
    labels: ['model']
  }
} as const satisfies Record<string, { help: string; labels: readonly string[] }>

export type CounterName = keyof typeof counters
export type HistogramName = keyof typeof histograms
export type GaugeName = keyof typeof gauges
export type LabelledGaugeName = keyof typeof labelledGauges

export interface LabelledValue {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Metrics {
  readonly contentType: string
  /** `by`: how many at once; default 1. */
  count(name: CounterName, labels?: Readonly<Record<string, string>>, by?: number): void
  observeSeconds(name: HistogramName, seconds: number): void
  /** The gauge's value is asked for at each scrape: of the reader that was given last. */
  gauge(name: GaugeName, read: () => number): void
  /** What that gauge says now. */
  value(name: GaugeName): number
  /** Likewise, one value for each set of labels; what is not given any more is gone. The reader bounds their number. */
  gauges(name: LabelledGaugeName, read: () => readonly LabelledValue[]): void
  /** Prometheus text exposition format. */
  render(): Promise<string>
}

/** A registry of its own, so that two services in one process (tests) do not share counts. */
export function createMetrics(options: { readonly processMetrics?: boolean } = {}): Metrics {
  const register = new Registry()
  const registers = [register]
  if (options.processMetrics === true) collectDefaultMetrics({ register })
  const counterOf = new Map<string, Counter<string>>()
  const histogramOf = new Map<string, Histogram>()
  const readerOf = new Map<GaugeName, () => number>()
  const valuesOf = new Map<LabelledGaugeName, () => readonly LabelledValue[]>()
  for (const [name, { help, labels }] of Object.entries(counters))
    counterOf.set(name, new Counter({ name, help, labelNames: [...labels], registers }))
  for (const [name, { help, buckets }] of Object.entries(histograms))
    histogramOf.set(name, new Histogram({ name, help, buckets: [...buckets], registers }))

  return {
    contentType: register.contentType,
    count: (name, labels = {}, by = 1) => counterOf.get(name)?.inc({ ...labels }, by),
    observeSeconds: (name, seconds) => histogramOf.get(name)?.observe(seconds),
    gauge(name, read) {
      const isKnown = readerOf.has(name)
      readerOf.set(name, read)
      if (isKnown) return
      const gauge: Gauge = new Gauge({
        name,
        help: gauges[name],
        registers,
        collect: () => gauge.set(readerOf.get(name)?.() ?? 0)
      })
    },
    value: (name) => readerOf.get(name)?.() ?? 0,
    gauges(name, read) {
      const isKnown = valuesOf.has(name)
      valuesOf.set(name, read)
      if (!isKnown) openLabelled(name)
    },
    render: () => register.metrics()
  }

  function openLabelled(name: LabelledGaugeName): void {
    const { help, labels } = labelledGauges[name]
    const gauge: Gauge<string> = new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers,
      collect() {
        gauge.reset()
        for (const one of valuesOf.get(name)?.() ?? []) gauge.set({ ...one.labels }, one.value)
      }
    })
  }
}
