import type { SpanParts } from '@aegisguard/model';
import type { Field, IntrinsicName } from '../syntax/ast/field-expression.ts';

/** What must be read of spans. */
export class SpanNeeds {
  #attributes = false;
  #events = false;
  #links = false;
  #scope = false;
  /** The other spans of the trace. */
  #structure = false;
  /** Something of the span above, whose parts nothing else asks for. */
  #parent = false;

  /** A field of matching spans is needed. */
  readonly add = (field: Field): void => {
    this.#structure ||= field.isParent;
    if (field.kind === 'intrinsic') {
      this.#addIntrinsic(field.name);
      return;
    }
    this.#parent ||= field.isParent;
    const { scope } = field;
    const isAny = scope === 'any';
    const isColumn = scope === 'resource' && field.name === 'service.name';
    this.#attributes ||= isAny || scope === 'span' || (scope === 'resource' && !isColumn);
    this.#events ||= isAny || scope === 'event';
    this.#links ||= isAny || scope === 'link';
    this.#scope ||= isAny || scope === 'instrumentation';
  };

  readonly addStructure = (): void => {
    this.#structure = true;
  };

  addAttributes(): void {
    this.#attributes = true;
  }

  get parts(): SpanParts {
    return { attributes: this.#attributes, events: this.#events, links: this.#links, scope: this.#scope };
  }

  get hasStructure(): boolean {
    return this.#structure;
  }

  get hasParent(): boolean {
    return this.#parent;
  }

  #addIntrinsic(name: IntrinsicName): void {
    switch (name) {
      case 'event-name':
      case 'event-time-since-start':
        this.#events = true;
        break;
      case 'link-trace-id':
      case 'link-span-id':
        this.#links = true;
        break;
      case 'scope-name':
      case 'scope-version':
        this.#scope = true;
        break;
      case 'trace-duration':
      case 'root-service':
      case 'root-name':
      case 'child-count':
      case 'nested-set-left':
      case 'nested-set-right':
      case 'nested-set-parent':
        this.#structure = true;
        break;
      default:
        break;
    }
  }
}
