// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#resource-attributes-1
import { cutText, type JsonObject, METRIC_NAME } from '@aegisguard/model';
import { LABEL_NAME_BYTES_MAX, LABEL_VALUE_BYTES_MAX } from '../../metrics/label-limits.ts';
import type { SentLabels } from '../../metrics/label-rules.ts';
import type { OtlpScope } from '../metric-message.ts';
import { type AttributeLabel, attributeLabels, joinLabels, labelNameOf, labelValueOf } from './prometheus-labels.ts';

const SERVICE_NAME = 'service.name';
const SERVICE_NAMESPACE = 'service.namespace';
const SERVICE_INSTANCE = 'service.instance.id';
const IDENTIFYING: ReadonlySet<string> = new Set([SERVICE_NAME, SERVICE_NAMESPACE, SERVICE_INSTANCE]);

/** Labels that a data point's attributes may not take: those of its target, and those that tell a histogram's and a summary's series apart. */
const RESERVED: ReadonlySet<string> = new Set([METRIC_NAME, 'job', 'instance', 'service_name', 'le', 'quantile']);
const TARGET_RESERVED: ReadonlySet<string> = new Set([METRIC_NAME, 'job', 'instance']);
const SCOPE = 'otel_scope_';
const SCOPE_OWN: ReadonlySet<string> = new Set([`${SCOPE}name`, `${SCOPE}version`, `${SCOPE}schema_url`]);

function textOf(resource: JsonObject, key: string): string {
  return labelValueOf(resource[key] ?? null);
}

function present(labels: SentLabels): SentLabels {
  return labels.filter(([, value]) => value !== '');
}

/** What a resource becomes: `job` and `instance`, `service_name` on its series, and `target_info` for all the rest of it. */
export class MetricTarget {
  /** On every series. */
  readonly labels: SentLabels;
  readonly #resource: JsonObject;
  readonly #identity: SentLabels;

  constructor(resource: JsonObject) {
    const service = textOf(resource, SERVICE_NAME);
    const namespace = textOf(resource, SERVICE_NAMESPACE);
    const job = namespace !== '' && service !== '' ? `${namespace}/${service}` : service;
    this.#resource = resource;
    this.#identity = present([
      ['job', job],
      ['instance', textOf(resource, SERVICE_INSTANCE)],
    ]);
    this.labels = [...this.#identity, ...present([['service_name', service]])];
  }

  /**
   * The labels of `target_info`; `undefined` when there is nothing that the series do not say. It is ours, so a resource may have more attributes than a series labels; what
   * no label can hold is cut.
   */
  info(): SentLabels | undefined {
    const others = attributeLabels(this.#resource).filter(
      ({ key, name }) => !IDENTIFYING.has(key) && Buffer.byteLength(name) <= LABEL_NAME_BYTES_MAX,
    );
    const labels = joinLabels(others, TARGET_RESERVED);
    return labels.length === 0
      ? undefined
      : [
          ...this.#identity,
          ...labels.map(([name, value]): [string, string] => [name, cutText(value, LABEL_VALUE_BYTES_MAX)]),
        ];
  }
}

function scopeLabels({ name, version, schemaUrl, attributes }: OtlpScope): AttributeLabel[] {
  const own = present([
    [`${SCOPE}name`, name],
    [`${SCOPE}version`, version],
    [`${SCOPE}schema_url`, schemaUrl],
  ]).map(([label, value]) => ({ key: label, name: label, value }));
  const others = Object.keys(attributes)
    .map((key) => ({ key: SCOPE + key, name: labelNameOf(SCOPE + key), value: labelValueOf(attributes[key] ?? null) }))
    .filter((label) => !SCOPE_OWN.has(label.name));
  return [...own, ...others];
}

/** A scope within a resource: what the labels of all its points begin with. */
export class MetricOrigin {
  readonly #target: MetricTarget;
  readonly #scope: readonly AttributeLabel[];

  constructor(target: MetricTarget, scope: OtlpScope) {
    this.#target = target;
    this.#scope = scopeLabels(scope);
  }

  /** The labels of a point with these attributes, but for its metric's name. */
  labelsOf(attributes: JsonObject): SentLabels {
    return [...this.#target.labels, ...joinLabels([...this.#scope, ...attributeLabels(attributes)], RESERVED)];
  }
}
