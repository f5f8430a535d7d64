// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/#intrinsic-fields
import type { IntrinsicName } from './ast/field-expression.ts';

/** What an intrinsic's values are. `parent` has none: it can only be asked whether there is one. */
export type IntrinsicType = 'string' | 'int' | 'duration' | 'status' | 'kind' | 'nil';

/** An intrinsic as queries write it. */
export interface Intrinsic {
  readonly name: IntrinsicName;
  readonly type: IntrinsicType;
  /** With its scope, `span:duration`. */
  readonly scoped?: string;
  /** Without, `duration`. Tempo has kept those of its first versions. One of the two is there. */
  readonly short?: string;
  /** It may be asked of the span above, `parent.duration`. */
  readonly ofParent?: boolean;
  readonly description: string;
}

/** All of them, in the order in which an editor offers them. */
export const INTRINSICS: readonly Intrinsic[] = [
  {
    name: 'name',
    type: 'string',
    scoped: 'span:name',
    short: 'name',
    ofParent: true,
    description: 'Name of the span, its operation',
  },
  {
    name: 'duration',
    type: 'duration',
    scoped: 'span:duration',
    short: 'duration',
    ofParent: true,
    description: 'Duration of the span',
  },
  {
    name: 'status',
    type: 'status',
    scoped: 'span:status',
    short: 'status',
    ofParent: true,
    description: 'Status of the span: ok, error or unset',
  },
  {
    name: 'status-message',
    type: 'string',
    scoped: 'span:statusMessage',
    short: 'statusMessage',
    ofParent: true,
    description: 'Text beside the status',
  },
  {
    name: 'kind',
    type: 'kind',
    scoped: 'span:kind',
    short: 'kind',
    ofParent: true,
    description: 'Kind of the span: server, client, producer, consumer, internal or unspecified',
  },
  { name: 'span-id', type: 'string', scoped: 'span:id', description: 'Id of the span, 16 hexadecimal digits' },
  { name: 'parent-id', type: 'string', scoped: 'span:parentID', description: 'Id of the span above' },
  {
    name: 'child-count',
    type: 'int',
    scoped: 'span:childCount',
    short: 'childCount',
    ofParent: true,
    description: 'Number of spans directly below',
  },
  {
    name: 'trace-duration',
    type: 'duration',
    scoped: 'trace:duration',
    short: 'traceDuration',
    description: 'From the earliest start to the latest end of the trace',
  },
  {
    name: 'root-name',
    type: 'string',
    scoped: 'trace:rootName',
    short: 'rootName',
    description: "Name of the trace's root span",
  },
  {
    name: 'root-service',
    type: 'string',
    scoped: 'trace:rootService',
    short: 'rootServiceName',
    description: "Service of the trace's root span",
  },
  { name: 'trace-id', type: 'string', scoped: 'trace:id', description: 'Id of the trace, 32 hexadecimal digits' },
  { name: 'event-name', type: 'string', scoped: 'event:name', description: 'Name of an event of the span' },
  {
    name: 'event-time-since-start',
    type: 'duration',
    scoped: 'event:timeSinceStart',
    description: 'From the start of the span to the event',
  },
  { name: 'link-trace-id', type: 'string', scoped: 'link:traceID', description: 'Trace that a link leads to' },
  { name: 'link-span-id', type: 'string', scoped: 'link:spanID', description: 'Span that a link leads to' },
  {
    name: 'scope-name',
    type: 'string',
    scoped: 'instrumentation:name',
    description: 'Library that made the span',
  },
  {
    name: 'scope-version',
    type: 'string',
    scoped: 'instrumentation:version',
    description: 'Version of the library that made the span',
  },
  { name: 'parent', type: 'nil', short: 'parent', description: 'The span above: parent != nil' },
  {
    name: 'nested-set-left',
    type: 'int',
    short: 'nestedSetLeft',
    description: "Left number of the span in the trace's tree",
  },
  {
    name: 'nested-set-right',
    type: 'int',
    short: 'nestedSetRight',
    description: "Right number of the span in the trace's tree",
  },
  {
    name: 'nested-set-parent',
    type: 'int',
    short: 'nestedSetParent',
    description: 'Left number of the span above; -1 for a root',
  },
];

const BY_TEXT: ReadonlyMap<string, Intrinsic> = new Map(
  INTRINSICS.flatMap((intrinsic) =>
    [intrinsic.scoped, intrinsic.short].filter((text) => text !== undefined).map((text) => [text, intrinsic] as const),
  ),
);
const BY_NAME: ReadonlyMap<IntrinsicName, Intrinsic> = new Map(INTRINSICS.map((one) => [one.name, one]));

/** The intrinsic that a text is, with its scope or without; undefined for any other text. */
export function findIntrinsic(text: string): Intrinsic | undefined {
  return BY_TEXT.get(text);
}

/** The intrinsic that the tree names. */
export function intrinsicOf(name: IntrinsicName): Intrinsic {
  const found = BY_NAME.get(name);
  if (found === undefined) {
    throw new Error(`there is no intrinsic ${name}`);
  }
  return found;
}
