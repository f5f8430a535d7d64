// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/resource/v1/resource.proto
// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto
import type { JsonObject, JsonValue } from '@aegisguard/model';
import type { WireReader } from '../../protobuf/wire-reader.ts';
import type { OtlpEntity } from '../otlp-origin.ts';
import { countAttributes } from './count-attributes.ts';
import { readAttribute } from './read-attributes.ts';

/** How many attributes the `Resource` has that comes next. */
export function countResourceAttributes(reader: WireReader): number {
  return countAttributes(reader, 10, 26);
}

/** How many attributes the `InstrumentationScope` has that comes next. */
export function countScopeAttributes(reader: WireReader): number {
  return countAttributes(reader, 26);
}

/** An `EntityRef`: which of a resource's attributes name what it is of. */
function readEntityRef(reader: WireReader): JsonObject {
  const ref: JsonObject = {};
  const idKeys: JsonValue[] = [];
  const descriptionKeys: JsonValue[] = [];
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        ref.schemaUrl = reader.text();
        break;
      case 18:
        ref.type = reader.text();
        break;
      case 26:
        idKeys.push(reader.text());
        break;
      case 34:
        descriptionKeys.push(reader.text());
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return {
    ...ref,
    ...(idKeys.length > 0 ? { idKeys } : {}),
    ...(descriptionKeys.length > 0 ? { descriptionKeys } : {}),
  };
}

/** Reads the `Resource` that comes next. */
export function readResource(reader: WireReader, resource: OtlpEntity): void {
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === 10) {
      readAttribute(reader, resource.attributes);
    } else if (tag === 16) {
      resource.droppedAttributesCount = reader.uint32();
    } else if (tag === 26) {
      resource.entityRefs.push(readEntityRef(reader));
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
}

/** Reads the `InstrumentationScope` that comes next. */
export function readScope(reader: WireReader, scope: OtlpEntity): void {
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        scope.name = reader.text();
        break;
      case 18:
        scope.version = reader.text();
        break;
      case 26:
        readAttribute(reader, scope.attributes);
        break;
      case 32:
        scope.droppedAttributesCount = reader.uint32();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
}
