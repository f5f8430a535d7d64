// https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto/collector
import { TextBounds } from '@aegisguard/model';
import { decodeProtobuf } from '../../protobuf/decode-protobuf.ts';
import type { WireReader } from '../../protobuf/wire-reader.ts';
import type { RecordFault, RecordRejection } from '../../records/record-rejection.ts';
import type { BatchVerdict } from '../../records/verdict.ts';
import { BatchSize, OTLP_MESSAGES_MAX } from '../batch-limits.ts';
import { attributesFault } from '../otlp-faults.ts';
import { OriginOfResource, OtlpEntity, type OtlpOrigin } from '../otlp-origin.ts';
import { countResourceAttributes, countScopeAttributes, readResource, readScope } from './read-entity.ts';

// The requests, resource groups and scope groups of logs and traces have the same field numbers, and so have the groups that scopes replaced, which were field 1000.
const RESOURCE_GROUP = 10;
const ENTITY = 10;
const PART = 18;
const SCHEMA_URL = 26;
const DEPRECATED_SCOPE_GROUP = 8002;

/** Calls `each` at every field of a message that has one of the tags, and passes over the others. It must go past the field. */
function forEachField(reader: WireReader, tag: number, otherTag: number, each: () => void): void {
  while (reader.more()) {
    const next = reader.tag();
    if (next === tag || next === otherTag) {
      each();
    } else {
      reader.skipField(next);
    }
  }
}

/** What the records of a group share, for their verdict. */
interface SharedFacts {
  readonly fault: RecordFault | undefined;
  /** What each record's copy of the group's resource or scope takes of the body. */
  readonly bytes: number;
}

/** Reads the resource or scope of the group at hand and its schema URL, wherever in it they stand; the reader stands where it stood. */
function peekEntity(reader: WireReader, readEntity: () => void, readSchemaUrl: () => void): void {
  const start = reader.pos;
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === ENTITY) {
      readEntity();
    } else if (tag === SCHEMA_URL) {
      readSchemaUrl();
    } else {
      reader.skipField(tag);
    }
  }
  reader.pos = start;
}

function judgeEntity(reader: WireReader, count: (reader: WireReader) => number, path: string): SharedFacts {
  let attributes = 0;
  let bytes = 0;
  const readEntity = (): void => {
    const start = reader.pos;
    attributes += count(reader);
    bytes += reader.pos - start;
  };
  const skipUrl = (): void => {
    bytes += reader.skipDelimited();
  };
  peekEntity(reader, readEntity, skipUrl);
  return { fault: attributesFault(path, attributes), bytes };
}

/** Judges every record of a request in the order of its bytes. `check` reads the record that comes next to its end. */
export function verifyProtobufExport(
  body: Uint8Array,
  check: (reader: WireReader) => RecordFault | undefined,
): BatchVerdict {
  const rejected: RecordRejection[] = [];
  const size = new BatchSize();
  const judgeScopeGroup = (reader: WireReader, resource: SharedFacts): void => {
    const outer = reader.enter();
    const scope = judgeEntity(reader, countScopeAttributes, '/scope/attributes');
    const sharedFault = resource.fault ?? scope.fault;
    forEachField(reader, PART, PART, () => {
      const fault = check(reader) ?? sharedFault;
      if (fault !== undefined) {
        rejected.push({ index: size.records, ...fault });
      }
      size.add(resource.bytes + scope.bytes);
    });
    reader.leave(outer);
  };
  const judgeRequest = (reader: WireReader): void =>
    forEachField(reader, RESOURCE_GROUP, RESOURCE_GROUP, () => {
      const outer = reader.enter();
      const resource = judgeEntity(reader, countResourceAttributes, '/resource/attributes');
      forEachField(reader, PART, DEPRECATED_SCOPE_GROUP, () => judgeScopeGroup(reader, resource));
      reader.leave(outer);
    });
  decodeProtobuf(body, judgeRequest, OTLP_MESSAGES_MAX);
  return { total: size.records, rejected };
}

function findEntity(reader: WireReader, read: (reader: WireReader, entity: OtlpEntity) => void): OtlpEntity {
  const entity = new OtlpEntity();
  const readSchemaUrl = (): void => {
    entity.schemaUrl = reader.text();
  };
  peekEntity(reader, () => read(reader, entity), readSchemaUrl);
  return entity;
}

/** Reads the record that comes next to its end. */
type RecordReader<R> = (reader: WireReader, origin: OtlpOrigin, index: number, bounds: TextBounds) => R;

/** Builds the records of a request but for the refused ones, in the order of `verifyProtobufExport`. */
export function buildProtobufExport<R>(
  body: Uint8Array,
  rejectedIndexes: readonly number[],
  read: RecordReader<R>,
): R[] {
  const rejected = new Set(rejectedIndexes);
  // What is read from protocol buffers is well formed: it has no lone surrogates.
  const bounds = new TextBounds('');
  const records: R[] = [];
  let index = 0;
  const readScopeGroup = (reader: WireReader, resource: OriginOfResource): void => {
    const outer = reader.enter();
    const scope = findEntity(reader, readScope);
    let origin: OtlpOrigin | undefined;
    forEachField(reader, PART, PART, () => {
      if (rejected.has(index)) {
        reader.skipDelimited();
      } else {
        origin ??= resource.originOf(scope);
        records.push(read(reader, origin, index, bounds));
      }
      index += 1;
    });
    reader.leave(outer);
  };
  const readRequest = (reader: WireReader): void =>
    forEachField(reader, RESOURCE_GROUP, RESOURCE_GROUP, () => {
      const outer = reader.enter();
      const resource = new OriginOfResource(findEntity(reader, readResource), bounds);
      forEachField(reader, PART, DEPRECATED_SCOPE_GROUP, () => readScopeGroup(reader, resource));
      reader.leave(outer);
    });
  decodeProtobuf(body, readRequest);
  return records;
}
