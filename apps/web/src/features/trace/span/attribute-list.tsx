import type { JsonObject, JsonValue } from '@aegisguard/model';
import { Search } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Input } from '../../../ui/input.tsx';
import { type FlatAttribute, flatAttributes } from './flat-attributes.ts';
import { useTracesLike } from './like-range.ts';
import { type AttributeScope, attributeQuery } from './traceql-filter.ts';

/** From so many on they can be narrowed. */
const FILTERED_FROM = 12;

/** Characters of a value that are drawn at first; copying gives all of it. */
const SHOWN_CHARACTERS = 600;

function wordsOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Value({ value }: { readonly value: JsonValue }): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const words = wordsOf(value);
  const color = typeof value === 'string' ? 'text-text' : 'text-syntax-number';
  return (
    <span className={`min-w-0 flex-1 whitespace-pre-wrap break-words [overflow-wrap:anywhere] ${color}`}>
      {isWhole ? words : words.slice(0, SHOWN_CHARACTERS)}
      {words.length > SHOWN_CHARACTERS && !isWhole ? (
        <Button size="sm" variant="ghost" className="ml-1 h-5 font-sans" onClick={() => setWhole(true)}>
          Show all
        </Button>
      ) : null}
    </span>
  );
}

function Attribute({
  scope,
  attribute: { name, value },
}: {
  readonly scope: AttributeScope | undefined;
  readonly attribute: FlatAttribute;
}): ReactNode {
  const tracesLike = useTracesLike();
  const query = scope === undefined ? undefined : attributeQuery(scope, name, value);
  return (
    <div className="group relative flex min-h-6 items-start rounded-[3px] py-0.5 pr-1 font-mono text-xs leading-5 hover:bg-hover">
      <dt className="w-2/5 max-w-56 shrink-0 break-words pr-3 pl-2 text-syntax-label [overflow-wrap:anywhere]">
        {name}
      </dt>
      <dd className="flex min-w-0 flex-1 items-start">
        <Value value={value} />
        <span className="absolute top-0 right-0 flex rounded bg-hover opacity-0 focus-within:opacity-100 group-hover:opacity-100">
          {query === undefined ? null : (
            <Button asChild variant="ghost" size="icon-sm">
              <Link to={tracesLike(query)} aria-label={`Traces with this ${name}`} title={`Traces with ${query}`}>
                <Search aria-hidden />
              </Link>
            </Button>
          )}
          <CopyButton size="icon-sm" label={`Copy ${name}`} text={() => wordsOf(value)} />
        </span>
      </dd>
    </div>
  );
}

/** Attributes by name; each leads to the traces that have it, too. */
export function AttributeList({
  title,
  scope,
  attributes,
}: {
  readonly title: string;
  /** Undefined where TraceQL has no name for them. */
  readonly scope: AttributeScope | undefined;
  readonly attributes: JsonObject;
}): ReactNode {
  const [wanted, setWanted] = useState('');
  const flat = useMemo(() => flatAttributes(attributes), [attributes]);
  const shown = useMemo(() => {
    const text = wanted.trim().toLowerCase();
    return text === ''
      ? flat
      : flat.filter(({ name, value }) => `${name} ${wordsOf(value)}`.toLowerCase().includes(text));
  }, [flat, wanted]);
  if (flat.length === 0) {
    return null;
  }
  return (
    <section>
      <div className="flex items-center gap-2 px-2 pb-1">
        <h3 className="flex-1 font-medium text-subtle text-xs">{title}</h3>
        {flat.length < FILTERED_FROM ? null : (
          <Input
            type="search"
            aria-label={`Narrow ${title}`}
            placeholder={`Narrow ${flat.length}`}
            className="h-6 w-40 text-xs"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        )}
      </div>
      <dl>
        {shown.map((attribute) => (
          // A name may be written whole and in parts.
          <Attribute key={`${attribute.name} ${JSON.stringify(attribute.value)}`} scope={scope} attribute={attribute} />
        ))}
      </dl>
    </section>
  );
}
