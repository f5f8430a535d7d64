import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** AegisGuard's metrics of itself, served as Prometheus text on /metrics. Names follow https://prometheus.io/docs/practices/naming/. */
export class SelfMetrics {
  readonly registry = new Registry();

  readonly ingestRequests = new Counter({
    name: 'aegis_ingest_requests_total',
    help: 'Ingest requests by signal, protocol and HTTP status (for gRPC, the status that HTTP would have had).',
    labelNames: ['signal', 'protocol', 'status'] as const,
    registers: [this.registry],
  });
  readonly ingestRecords = new Counter({
    name: 'aegis_ingest_records_total',
    help: 'Records by signal, protocol and outcome: accepted, or the reason of the refusal.',
    labelNames: ['signal', 'protocol', 'outcome'] as const,
    registers: [this.registry],
  });
  readonly ingestBytes = new Counter({
    name: 'aegis_ingest_body_bytes_total',
    help: 'Bytes of accepted bodies after decompression.',
    labelNames: ['signal', 'protocol'] as const,
    registers: [this.registry],
  });
  readonly ingestSeconds = new Histogram({
    name: 'aegis_ingest_request_duration_seconds',
    help: 'Time from the head of an ingest request to its answer.',
    labelNames: ['signal', 'protocol'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });
  readonly ingestUnknownKeys = new Counter({
    name: 'aegis_ingest_unknown_keys_total',
    help: 'Requests in the name of a key that nobody has.',
    registers: [this.registry],
  });
  readonly securityEventsRaised = new Counter({
    name: 'aegis_security_events_raised_total',
    help: 'What the platform had to tell organizations, before floods were folded, by type.',
    labelNames: ['type'] as const,
    registers: [this.registry],
  });
  readonly securityEventsLost = new Counter({
    name: 'aegis_security_events_lost_total',
    help: 'Security events of the platform that could not be queued.',
    registers: [this.registry],
  });
  readonly workerRows = new Counter({
    name: 'aegis_worker_rows_total',
    help: 'Rows inserted by the worker.',
    labelNames: ['signal'] as const,
    registers: [this.registry],
  });
  readonly workerInserts = new Counter({
    name: 'aegis_worker_inserts_total',
    help: 'Insert groups by outcome.',
    labelNames: ['signal', 'outcome'] as const,
    registers: [this.registry],
  });
  readonly workerInsertSeconds = new Histogram({
    name: 'aegis_worker_insert_duration_seconds',
    help: 'Duration of an insert group.',
    labelNames: ['signal'] as const,
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });
  readonly workerDeadLetters = new Counter({
    name: 'aegis_worker_dead_letters_total',
    help: 'Batches given up on.',
    labelNames: ['signal'] as const,
    registers: [this.registry],
  });
  readonly workerErasedBatches = new Counter({
    name: 'aegis_worker_erased_batches_total',
    help: 'Batches that were not stored because their organization is deleted.',
    labelNames: ['signal'] as const,
    registers: [this.registry],
  });
  readonly workerRuleFailures = new Counter({
    name: 'aegis_worker_rule_failures_total',
    help: 'Times that a log rule of an organization could not be applied to a log, which was then stored as it was before.',
    registers: [this.registry],
  });
  readonly querySeconds = new Histogram({
    name: 'aegis_query_duration_seconds',
    help: 'Duration of queries.',
    labelNames: ['endpoint', 'outcome'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });
  readonly tailsActive = new Gauge({
    name: 'aegis_tails_active',
    help: 'Live tails that are open.',
    registers: [this.registry],
  });
  readonly tailsEnded = new Counter({
    name: 'aegis_tails_ended_total',
    help: 'Live tails that ended, by reason: access that ended, a shutdown, or a reader that went.',
    labelNames: ['reason'] as const,
    registers: [this.registry],
  });
  readonly tailLinesSent = new Counter({
    name: 'aegis_tail_lines_sent_total',
    help: 'Lines that were sent to live tails.',
    registers: [this.registry],
  });
  readonly tailLinesDropped = new Counter({
    name: 'aegis_tail_lines_dropped_total',
    help: 'Lines that live tails were told to have missed.',
    registers: [this.registry],
  });
  readonly loginFailures = new Counter({
    name: 'aegis_login_failures_total',
    help: 'Failed logins, those for accounts that nobody has included.',
    registers: [this.registry],
  });
  readonly loginLocks = new Counter({
    name: 'aegis_login_locks_total',
    help: 'Locks of logins after too many failures.',
    registers: [this.registry],
  });
  readonly queueDepth = new Gauge({
    name: 'aegis_queue_depth_messages',
    help: 'Batches in the queue, not yet acknowledged.',
    labelNames: ['stream'] as const,
    registers: [this.registry],
  });
  readonly queueBytes = new Gauge({
    name: 'aegis_queue_depth_bytes',
    help: 'Bytes of batches in the queue, not yet acknowledged.',
    labelNames: ['stream'] as const,
    registers: [this.registry],
  });
  readonly queueAgeSeconds = new Gauge({
    name: 'aegis_queue_oldest_age_seconds',
    help: 'Age of the oldest batch not yet acknowledged.',
    labelNames: ['stream'] as const,
    registers: [this.registry],
  });
  readonly queueDead = new Gauge({
    name: 'aegis_queue_dead_letters',
    help: 'Dead letters kept.',
    labelNames: ['stream'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
