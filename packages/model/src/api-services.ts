import { z } from 'zod';
import { StatsView, TimeInput } from './api-logs.ts';
import { SPAN_KINDS } from './span-record.ts';

/** What is asked about: spans that began in a range, the last hour without ends. Answers are of whole minutes, or whole hours where the range is longer than two days: they say of which range. */
const ASKED = {
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  /** `deployment.environment.name`, or its older name `deployment.environment`; `''` are spans that name none. All without. */
  env: z.string().max(256).optional(),
};
const Service = z.string().max(1024);
/** About how many points are wanted; the step is rounded to a natural one, a minute at least, so there may be fewer. */
const Points = z.int().min(1).max(500);

/** Rate, errors, duration. Quantiles are told from buckets that grow by 2^¼: they are off by 19 % at most, and by some 4 % as a rule. */
const RED = {
  calls: z.number(),
  errors: z.number(),
  /** Calls over the whole range. */
  callsPerSecond: z.number(),
  /** 0 to 1; 0 without calls. */
  errorRatio: z.number(),
  /** Null without calls. */
  meanMs: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
};

/** Which spans figures are of: those with which a service is entered (server, consumer), or all of them, where it has none of these. */
export const ServiceBasis = z.enum(['entry', 'all']);
export type ServiceBasis = z.infer<typeof ServiceBasis>;

/** A span that is worth a look: the slowest of its kind. */
const SlowSpan = z.object({ traceId: z.string(), spanId: z.string(), durationMs: z.number() });

/** The range that figures are of. */
const RANGE = { start: z.string(), end: z.string() };

/** Point i of each list covers firstPoint + i·stepMs (inclusive) to firstPoint + (i+1)·stepMs (exclusive); the first one begins at or before `start`. */
const POINTS = {
  firstPoint: z.string(),
  stepMs: z.number(),
  points: z.number(),
};

/** `POST /query/services`: the services that sent spans. */
export const ServicesRequest = z.strictObject({
  ...ASKED,
  /** In the name, whatever its case. */
  search: z.string().max(1024).optional(),
  sort: z.enum(['calls', 'errors', 'error-ratio', 'p95', 'name']).default('calls'),
  limit: z.int().min(1).max(1000).default(200),
  /** Of each sparkline. */
  points: Points.default(30),
});
export type ServicesRequest = z.infer<typeof ServicesRequest>;

export const ServicesAnswer = z.object({
  ...RANGE,
  ...POINTS,
  services: z.array(
    z.object({
      service: z.string(),
      basis: ServiceBasis,
      ...RED,
      /** Of the same spans, a number for each point. */
      sparkline: z.object({ calls: z.array(z.number()), errors: z.array(z.number()) }),
      /** Spans by kind, of which the figures above are a part. */
      kinds: z.array(z.object({ kind: z.enum(SPAN_KINDS), calls: z.number(), errors: z.number() })),
      /** Of the spans of the range, the latest seen first; at most 10. */
      versions: z.array(z.string()),
    }),
  ),
  /** There are more services than the limit. */
  hasMore: z.boolean(),
  stats: StatsView,
});
export type ServicesAnswer = z.infer<typeof ServicesAnswer>;

/** `POST /query/services/environments`: where services run. */
export const EnvironmentsRequest = z.strictObject({
  start: ASKED.start,
  end: ASKED.end,
  /** Those with most spans. */
  limit: z.int().min(1).max(1000).default(100),
});
export type EnvironmentsRequest = z.infer<typeof EnvironmentsRequest>;

export const EnvironmentsAnswer = z.object({
  ...RANGE,
  /** Most spans first; `''` are spans that name none. */
  environments: z.array(z.object({ env: z.string(), spans: z.number(), errors: z.number() })),
  /** There are more than the limit. */
  hasMore: z.boolean(),
  stats: StatsView,
});
export type EnvironmentsAnswer = z.infer<typeof EnvironmentsAnswer>;

/** `POST /query/services/operations`: what one service does. */
export const OperationsRequest = z.strictObject({
  ...ASKED,
  service: Service,
  version: z.string().max(1024).optional(),
  /** All without. */
  kinds: z.array(z.enum(SPAN_KINDS)).min(1).max(SPAN_KINDS.length).optional(),
  /** In the name, whatever its case. */
  search: z.string().max(4096).optional(),
  sort: z.enum(['calls', 'errors', 'error-ratio', 'p95', 'total', 'name']).default('total'),
  limit: z.int().min(1).max(1000).default(200),
});
export type OperationsRequest = z.infer<typeof OperationsRequest>;

export const OperationsAnswer = z.object({
  ...RANGE,
  operations: z.array(
    z.object({
      /** The name of its spans. */
      operation: z.string(),
      kind: z.enum(SPAN_KINDS),
      ...RED,
      /** All durations added up. */
      totalMs: z.number(),
      /** Of the durations of all operations that were asked for, 0 to 1. */
      totalRatio: z.number(),
      slowest: SlowSpan,
    }),
  ),
  hasMore: z.boolean(),
  stats: StatsView,
});
export type OperationsAnswer = z.infer<typeof OperationsAnswer>;

/** `POST /query/services/timeline`: one service, or one of its operations, over time. */
export const ServiceTimelineRequest = z.strictObject({
  ...ASKED,
  service: Service,
  operation: z.string().max(4096).optional(),
  version: z.string().max(1024).optional(),
  /** The spans of the answer's `basis` without. */
  kinds: z.array(z.enum(SPAN_KINDS)).min(1).max(SPAN_KINDS.length).optional(),
  /** A series for each version, the ten with most calls; otherwise one for all. */
  by: z.enum(['nothing', 'version']).default('nothing'),
  points: Points.default(60),
});
export type ServiceTimelineRequest = z.infer<typeof ServiceTimelineRequest>;

export const ServiceTimelineAnswer = z.object({
  ...RANGE,
  ...POINTS,
  /** Null where kinds or an operation were asked for: then it is all spans of these. */
  basis: ServiceBasis.nullable(),
  series: z.array(
    z.object({
      /** Null where it is all of them; `''` are spans that name none. */
      version: z.string().nullable(),
      ...RED,
      /** Each has as many members as there are points. */
      over: z.object({
        calls: z.array(z.number()),
        errors: z.array(z.number()),
        p50Ms: z.array(z.number().nullable()),
        p90Ms: z.array(z.number().nullable()),
        p99Ms: z.array(z.number().nullable()),
        slowest: z.array(SlowSpan.nullable()),
      }),
    }),
  ),
  /** The versions that sent spans in the range, by their first one; at most 50, the latest. */
  deployments: z.array(
    z.object({
      version: z.string(),
      /** To the minute, or the hour: of what is still known, so it may be before the range. */
      firstSeen: z.string(),
      /** Within the range. */
      lastSeen: z.string(),
      calls: z.number(),
      errors: z.number(),
    }),
  ),
  stats: StatsView,
});
export type ServiceTimelineAnswer = z.infer<typeof ServiceTimelineAnswer>;

/**
 * What stands at the ends of calls: a service that sends spans; what is only known by those that call it: a database, a queue or topic, or something else by its host or name (`external`); or `user`, whoever calls a service without sending
 * spans.
 */
export const GRAPH_NODE_TYPES = ['service', 'database', 'messaging', 'external', 'user'] as const;
export const GraphNodeType = z.enum(GRAPH_NODE_TYPES);
export type GraphNodeType = z.infer<typeof GraphNodeType>;

/** As Tempo's service graphs name them: https://grafana.com/docs/tempo/latest/metrics-from-traces/service_graphs/ ; `direct` is what they leave empty. */
export const CONNECTION_TYPES = ['direct', 'messaging_system', 'database', 'virtual_node'] as const;
export const ConnectionType = z.enum(CONNECTION_TYPES);
export type ConnectionType = z.infer<typeof ConnectionType>;

/** How long calls took as one side measured them; null where that side sends no spans. */
const SideDurations = z
  .object({
    meanMs: z.number(),
    p50Ms: z.number(),
    p95Ms: z.number(),
    p99Ms: z.number(),
  })
  .nullable();

/** Calls from one node to another. */
const CALLS = {
  connectionType: ConnectionType,
  /** What is spoken, as OpenTelemetry names it (`postgresql`, `kafka`, `grpc`), where spans say so; else `''`. */
  system: z.string(),
  /** Of messages between two services, the queue or topic; else `''`. */
  destination: z.string(),
  calls: z.number(),
  errors: z.number(),
  callsPerSecond: z.number(),
  errorRatio: z.number(),
  clientSide: SideDurations,
  serverSide: SideDurations,
};

const GraphNode = z.object({
  /** Of the answer: a type and a name can be a database's and a service's at once. */
  id: z.string(),
  type: GraphNodeType,
  name: z.string(),
});

/** `POST /query/services/map`: who calls whom. Edges are there within a minute after their spans came, those to what sends no spans a little later. */
export const ServiceMapRequest = z.strictObject({
  ...ASKED,
  /** Only what lies so many calls away from this service, upstream or downstream. */
  service: Service.optional(),
  hops: z.int().min(1).max(10).default(2),
  /** Edges, those with most calls. */
  limit: z.int().min(1).max(5000).default(1000),
});
export type ServiceMapRequest = z.infer<typeof ServiceMapRequest>;

export const ServiceMapAnswer = z.object({
  ...RANGE,
  /** Services without an edge are among them. */
  nodes: z.array(
    GraphNode.extend({
      /** A service's are those of its entry spans (`basis` as in the list of services); another node's those of the calls to it as its clients saw them; null of `user`. */
      basis: ServiceBasis.nullable(),
      red: z.object(RED).nullable(),
    }),
  ),
  edges: z.array(
    z.object({
      /** Ids of nodes. */
      client: z.string(),
      server: z.string(),
      ...CALLS,
    }),
  ),
  /** There are more edges than the limit. */
  hasMore: z.boolean(),
  stats: StatsView,
});
export type ServiceMapAnswer = z.infer<typeof ServiceMapAnswer>;

/** `POST /query/services/dependencies`: who calls a service, and whom it calls. */
export const DependenciesRequest = z.strictObject({ ...ASKED, service: Service });
export type DependenciesRequest = z.infer<typeof DependenciesRequest>;

const Dependency = z.object({ node: GraphNode, ...CALLS });

/** Most calls first, 500 of each at most. */
export const DependenciesAnswer = z.object({
  ...RANGE,
  upstream: z.array(Dependency),
  downstream: z.array(Dependency),
  stats: StatsView,
});
export type DependenciesAnswer = z.infer<typeof DependenciesAnswer>;
