// https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#json-protobuf-encoding
import { AegisError, type JsonObject, type JsonValue, stringifyBounded, TextBounds } from '@aegisguard/model';
import { decodeJsonBody } from '../../json/decode-json-body.ts';
import { isJsonObject } from '../../json/is-json-object.ts';
import { nameOfJsonType } from '../../json/name-of-json-type.ts';
import type { RecordFault, RecordRejection } from '../../records/record-rejection.ts';
import type { BatchVerdict } from '../../records/verdict.ts';
import { BatchSize, OTLP_EXPANDED_BYTES_MAX } from '../batch-limits.ts';
import { invalid } from '../otlp-faults.ts';
import { OriginOfResource, OtlpEntity, type OtlpOrigin } from '../otlp-origin.ts';
import { JsonMessageReader } from './json-message.ts';
import { parseExactJson } from './parse-exact-json.ts';

/** What a signal's request calls its lists, in either of a field's two names; `oldScopes` is what scopes replaced. */
export interface ExportNames {
  readonly resources: readonly [camel: string, snake: string];
  readonly scopes: readonly [camel: string, snake: string];
  readonly oldScopes: readonly [camel: string, snake: string];
  readonly records: readonly [camel: string, snake: string];
}

/** A list of a request's structure. What is no list makes the body something else than a request. */
function listOf(message: JsonObject, [camel, snake]: readonly [string, string]): readonly JsonValue[] {
  const list = message[camel] ?? message[snake] ?? [];
  if (!Array.isArray(list)) {
    throw new AegisError('invalid-body', { detail: `"${camel}" must be an array, found ${nameOfJsonType(list)}.` });
  }
  return list;
}

function groupsOf(message: JsonObject, names: readonly [string, string]): JsonObject[] {
  return listOf(message, names).map((group) => {
    if (!isJsonObject(group)) {
      throw new AegisError('invalid-body', {
        detail: `"${names[0]}" must be an array of objects, found ${nameOfJsonType(group)}.`,
      });
    }
    return group;
  });
}

function requestOf(value: JsonValue, names: ExportNames): JsonObject {
  if (!isJsonObject(value)) {
    throw new AegisError('invalid-body', {
      detail: `The body must be an object {"${names.resources[0]}": […]}, not ${nameOfJsonType(value)}.`,
    });
  }
  return value;
}

/** Calls `visit` with each scope group that has records, and the resource group that it is in. */
function forEachScopeGroup(
  value: JsonValue,
  names: ExportNames,
  visitResource: (resourceGroup: JsonObject) => (scopeGroup: JsonObject, records: readonly JsonValue[]) => void,
): void {
  for (const resourceGroup of groupsOf(requestOf(value, names), names.resources)) {
    const visit = visitResource(resourceGroup);
    for (const list of [names.scopes, names.oldScopes]) {
      for (const scopeGroup of groupsOf(resourceGroup, list)) {
        visit(scopeGroup, listOf(scopeGroup, names.records));
      }
    }
  }
}

/** Reads a resource or scope, with the schema URL that stands beside it in its group. */
function readEntity(group: JsonObject, name: 'resource' | 'scope', json: JsonMessageReader): OtlpEntity {
  const entity = new OtlpEntity();
  const sent = (name === 'scope' ? (group.scope ?? group.instrumentationLibrary) : group.resource) ?? {};
  entity.schemaUrl = json.text(group, 'schemaUrl', 'schema_url');
  if (!isJsonObject(sent)) {
    json.wrong(name, 'must be an object');
    return entity;
  }
  json.prefix = `/${name}`;
  entity.attributes = json.attributes(sent);
  entity.droppedAttributesCount = json.uint32(sent, 'droppedAttributesCount', 'dropped_attributes_count');
  if (name === 'scope') {
    entity.name = json.text(sent, 'name', 'name');
    entity.version = json.text(sent, 'version', 'version');
  } else {
    entity.entityRefs = entityRefs(sent, json);
  }
  json.prefix = '';
  return entity;
}

/** The references of a resource to entities, with the members that they are known to have. */
function entityRefs(resource: JsonObject, json: JsonMessageReader): JsonObject[] {
  const refs = resource.entityRefs ?? resource.entity_refs ?? [];
  if (!Array.isArray(refs) || json.mode === 'verify') {
    return [];
  }
  return refs.filter(isJsonObject).map((ref) => {
    const texts = (camel: string, snake: string): JsonValue[] => {
      const list = ref[camel] ?? ref[snake] ?? [];
      return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : [];
    };
    const schemaUrl = json.text(ref, 'schemaUrl', 'schema_url');
    const type = json.text(ref, 'type', 'type');
    const idKeys = texts('idKeys', 'id_keys');
    const descriptionKeys = texts('descriptionKeys', 'description_keys');
    return {
      ...(schemaUrl === '' ? {} : { schemaUrl }),
      ...(type === '' ? {} : { type }),
      ...(idKeys.length > 0 ? { idKeys } : {}),
      ...(descriptionKeys.length > 0 ? { descriptionKeys } : {}),
    };
  });
}

/** The fault that all records of a group share, because of its resource or scope. */
function sharedFault(group: JsonObject, name: 'resource' | 'scope', json: JsonMessageReader): RecordFault | undefined {
  json.fault = undefined;
  readEntity(group, name, json);
  return json.fault;
}

/** What each record's copy of a resource or scope takes of the body, more or less. */
function contextBytes(entity: JsonValue | undefined): number {
  return entity === undefined ? 0 : stringifyBounded(entity, OTLP_EXPANDED_BYTES_MAX).length;
}

/** Reads a record and says its first fault, those that the reader remembered included. */
type RecordCheck = (record: JsonObject, json: JsonMessageReader) => RecordFault | undefined;

/** Judges every record of a request, in the order of its lists. */
export function verifyJsonExport(body: Uint8Array, names: ExportNames, check: RecordCheck): BatchVerdict {
  const rejected: RecordRejection[] = [];
  const size = new BatchSize();
  const json = new JsonMessageReader('verify');
  const judge = (record: JsonValue): RecordFault | undefined => {
    json.fault = undefined;
    return isJsonObject(record) ? check(record, json) : invalid('', 'a record must be an object');
  };
  forEachScopeGroup(decodeJsonBody(body).value, names, (resourceGroup) => {
    const resourceFault = sharedFault(resourceGroup, 'resource', json);
    const resourceBytes = contextBytes(resourceGroup.resource);
    return (scopeGroup, records) => {
      const groupFault = resourceFault ?? sharedFault(scopeGroup, 'scope', json);
      const bytes = resourceBytes + (records.length > 1 ? contextBytes(scopeGroup.scope) : 0);
      for (const record of records) {
        const fault = judge(record) ?? groupFault;
        if (fault !== undefined) {
          rejected.push({ index: size.records, ...fault });
        }
        size.add(bytes);
      }
    };
  });
  return { total: size.records, rejected };
}

/** Builds one record of a request. */
type RecordBuild<R> = (
  record: JsonObject,
  json: JsonMessageReader,
  place: { readonly origin: OtlpOrigin; readonly index: number; readonly bounds: TextBounds },
) => R;

/** Builds the records of a request but for the refused ones, in the order of `verifyJsonExport`. */
export function buildJsonExport<R>(
  body: Uint8Array,
  names: ExportNames,
  rejectedIndexes: readonly number[],
  build: RecordBuild<R>,
): R[] {
  const { text, value } = parseExactJson(body);
  const rejected = new Set(rejectedIndexes);
  const bounds = new TextBounds(text);
  const json = new JsonMessageReader('build');
  const built: R[] = [];
  let index = 0;
  forEachScopeGroup(value, names, (resourceGroup) => {
    const resource = new OriginOfResource(readEntity(resourceGroup, 'resource', json), bounds);
    return (scopeGroup, records) => {
      const origin = records.length === 0 ? undefined : resource.originOf(readEntity(scopeGroup, 'scope', json));
      for (const record of records) {
        if (origin !== undefined && !rejected.has(index)) {
          built.push(build(isJsonObject(record) ? record : {}, json, { origin, index, bounds }));
        }
        index += 1;
      }
    };
  });
  return built;
}
