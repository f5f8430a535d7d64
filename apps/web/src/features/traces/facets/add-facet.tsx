import { type ReactNode, useState } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { ChoiceInput } from '../../../ui/choice-input.tsx';
import { attributeText, traceNames } from '../query/trace-names.ts';
import { FIELDS_MAX } from '../view/traces-view.ts';
import { customFacet } from './custom-facet.ts';
import { FACET_FIELDS } from './facet-fields.ts';

/** Makes a facet of any attribute. */
export function AddFacet({
  orgId,
  range,
  fields,
  onAdd,
}: {
  readonly orgId: string;
  readonly range: ResolvedRange;
  /** Those that were added. */
  readonly fields: readonly string[];
  readonly onAdd: (field: string) => void;
}): ReactNode {
  const [problem, setProblem] = useState('');
  const [added, setAdded] = useState(0);
  const known = new Set([...fields, ...FACET_FIELDS.map(({ field }) => field)]);
  const add = (text: string): void => {
    const found = customFacet(text);
    if (text.trim() === '') {
      setProblem('');
    } else if ('problem' in found) {
      setProblem(found.problem);
    } else if (known.has(found.field)) {
      setProblem(`${found.field} is a facet already.`);
    } else {
      setProblem('');
      setAdded((times) => times + 1);
      onAdd(found.field);
    }
  };
  return fields.length >= FIELDS_MAX ? null : (
    <div className="border-line border-t p-1.5">
      <ChoiceInput
        label="Add a facet"
        placeholder="Add a facet: span.http.route"
        className="w-full"
        value=""
        // The field is empty again once its facet is there.
        revision={added}
        source={{
          key: ['trace-facets', orgId],
          ask: async () =>
            (await traceNames(orgId, () => range).fields()).map(attributeText).filter((field) => !known.has(field)),
        }}
        onChoose={add}
      />
      <p role="status" className="px-1 pt-1 text-2xs text-danger empty:hidden">
        {problem}
      </p>
    </div>
  );
}
