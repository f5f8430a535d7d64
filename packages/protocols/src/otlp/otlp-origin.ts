import {
  ATTRIBUTE_BYTES_MAX,
  boundAttributes,
  type JsonObject,
  type JsonValue,
  type TextBounds,
} from '@aegisguard/model';
import { cloneJson } from '../records/clone-json.ts';
import { COLUMN_BYTES_MAX } from '../records/record-limits.ts';

/** What a record without a `service.name` gets, as OpenTelemetry's SDKs call it themselves. */
const UNKNOWN_SERVICE = 'unknown_service';

function addCount(details: JsonObject, count: number): void {
  if (count > 0) {
    details.droppedAttributesCount = count;
  }
}

/** A `Resource` or `InstrumentationScope` as it was read. */
export class OtlpEntity {
  name = '';
  version = '';
  attributes: JsonObject = {};
  droppedAttributesCount = 0;
  schemaUrl = '';
  entityRefs: JsonValue[] = [];
}

/** Where records come from: their resource, and the columns that are taken from it. */
class OtlpResource {
  readonly attributes: JsonObject;
  readonly details: JsonObject = {};
  readonly hasDetails: boolean;
  readonly service: string;
  readonly host: string;
  readonly env: string;
  readonly version: string;
  /** True when a text had to be cut. */
  readonly truncated: boolean;

  constructor(resource: OtlpEntity, bounds: TextBounds) {
    bounds.truncated = false;
    this.attributes = boundAttributes(resource.attributes, bounds);
    const column = (name: string): string => {
      const value = this.attributes[name];
      const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return isText ? bounds.bound(String(value), COLUMN_BYTES_MAX) : '';
    };
    this.service = column('service.name') || UNKNOWN_SERVICE;
    this.host = column('host.name');
    this.env = column('deployment.environment.name') || column('deployment.environment');
    this.version = column('service.version');
    addCount(this.details, resource.droppedAttributesCount);
    if (resource.schemaUrl !== '') {
      this.details.schemaUrl = bounds.bound(resource.schemaUrl, ATTRIBUTE_BYTES_MAX);
    }
    if (resource.entityRefs.length > 0) {
      this.details.entityRefs = resource.entityRefs;
      boundAttributes(this.details, bounds);
    }
    this.hasDetails = Object.keys(this.details).length > 0;
    this.truncated = bounds.truncated;
  }
}

/** A scope within a resource: what all its records have in common. */
export class OtlpOrigin {
  readonly resource: OtlpResource;
  readonly scopeName: string;
  readonly scopeVersion: string;
  readonly schemaUrl: string;
  readonly scopeDetails: JsonObject = {};
  readonly hasScopeDetails: boolean;
  readonly truncated: boolean;

  constructor(resource: OtlpResource, scope: OtlpEntity, bounds: TextBounds) {
    bounds.truncated = false;
    this.resource = resource;
    this.scopeName = bounds.bound(scope.name, COLUMN_BYTES_MAX);
    this.scopeVersion = bounds.bound(scope.version, COLUMN_BYTES_MAX);
    this.schemaUrl = bounds.bound(scope.schemaUrl, ATTRIBUTE_BYTES_MAX);
    if (Object.keys(scope.attributes).length > 0) {
      this.scopeDetails.attributes = boundAttributes(scope.attributes, bounds);
    }
    addCount(this.scopeDetails, scope.droppedAttributesCount);
    this.hasScopeDetails = Object.keys(this.scopeDetails).length > 0;
    this.truncated = resource.truncated || bounds.truncated;
  }

  /** Adds what has no field of its own to a record's details. Copies, because stages change records in place. */
  addDetails(details: JsonObject): void {
    if (this.schemaUrl !== '') {
      details.schemaUrl = this.schemaUrl;
    }
    if (this.hasScopeDetails) {
      details.scope = cloneJson(this.scopeDetails);
    }
    if (this.resource.hasDetails) {
      details.resource = cloneJson(this.resource.details);
    }
  }
}

/** Makes the origins of a resource's scopes; the resource's own part only when it is first asked, because a body may have very many that are empty. */
export class OriginOfResource {
  readonly #entity: OtlpEntity;
  readonly #bounds: TextBounds;
  #resource: OtlpResource | undefined;

  constructor(entity: OtlpEntity, bounds: TextBounds) {
    this.#entity = entity;
    this.#bounds = bounds;
  }

  originOf(scope: OtlpEntity): OtlpOrigin {
    this.#resource ??= new OtlpResource(this.#entity, this.#bounds);
    return new OtlpOrigin(this.#resource, scope, this.#bounds);
  }
}
