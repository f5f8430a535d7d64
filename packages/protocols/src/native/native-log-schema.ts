import { ATTRIBUTE_COUNT_MAX, countLeaves, type JsonValue, parseTimestamp, UNIX_NANOS_MIN } from '@aegisguard/model';
import { z } from 'zod';
import { isJsonObject } from '../json/is-json-object.ts';
import { ID_LENGTH_MAX } from '../records/record-limits.ts';
import { countNativeAttributes } from './native-log-fields.ts';

const TOO_MANY = `a log has at most ${ATTRIBUTE_COUNT_MAX} attributes`;
const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const Id = z.string().max(ID_LENGTH_MAX);
// Not z.record: it takes an object with a member named "constructor" for a class instance and refuses it.
const Attributes = z.looseObject({});

const Shape = z.looseObject({
  timestamp: z
    .union([z.string(), z.number()])
    .refine((value) => parseTimestamp(value, UNIX_NANOS_MIN) !== undefined, 'is not a time')
    .nullish()
    .describe(
      'RFC 3339 or another usual form of date and time, or Unix s, ms, µs, ns as number or text; absent: the time of receipt. Times in ns should be texts',
    ),
  level: z
    .union([z.string(), z.number()])
    .nullish()
    .describe(
      "any usual spelling, or OpenTelemetry's severity number 1–24; an unknown one is stored as info with its text kept",
    ),
  service: z.string().min(1),
  message: z.string().describe('cut at 1 MiB'),
  host: Scalar.nullish(),
  env: Scalar.nullish(),
  version: Scalar.nullish(),
  traceId: Id.nullish().describe('also trace_id'),
  trace_id: Id.nullish(),
  spanId: Id.nullish().describe('also span_id'),
  span_id: Id.nullish(),
  scope: z
    .unknown()
    .optional()
    .describe('{name, version} of the instrumentation library; anything else in it is kept as attribute `scope`'),
  attributes: Attributes.nullish().describe(
    'at most 512, nested ones counted by their leaves; wins over an unknown field of the same name',
  ),
  resource: Attributes.nullish().describe('at most 512, as attributes'),
  ingestId: Id.nullish().describe("the client's own id of the record"),
});

/** Before the shape, because zod's copies of objects lack a member named `__proto__`. */
const Crowding = z.unknown().superRefine((log, context) => {
  const value = log as JsonValue;
  if (isJsonObject(value) && countNativeAttributes(value) > ATTRIBUTE_COUNT_MAX) {
    context.addIssue({ code: 'custom', path: ['attributes'], message: TOO_MANY });
  }
  if (isJsonObject(value) && countLeaves(value.resource ?? null, ATTRIBUTE_COUNT_MAX) > ATTRIBUTE_COUNT_MAX) {
    context.addIssue({ code: 'custom', path: ['resource'], message: TOO_MANY });
  }
});

/**
 * One log of `POST /v1/logs` as clients send it (contract §3 and §6, "Records"): the reference that `checkNativeLog`, which
 * the hot path runs, is proven equal to. `null` counts as absent for every optional field; fields not named here are kept as attributes.
 */
export const NativeLog = Crowding.pipe(Shape);
