import { SPAN_KINDS, SPAN_STATUSES } from '@aegisguard/model';
import { findIntrinsic, INTRINSICS } from '@aegisguard/traceql/syntax';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { ChoiceInput } from '../../../../ui/choice-input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { FILTER_OPERATORS, type Filter } from '../filter.ts';
import { attributeText, type TraceNames } from '../trace-names.ts';
import { DURATIONS } from '../traceql-words.ts';
import { type FilterDraft, makeFilter, type ValueType } from './make-filter.ts';

/** Where fields and values are known from. */
export interface FilterFormSource {
  readonly orgId: string;
  readonly names: TraceNames;
  /** The query's other conditions, as a query of their own: values are suggested among what they find. */
  readonly others: string;
}

type Op = FilterDraft['op'];

const OPERATOR_WORDS: Readonly<Record<Op, string>> = {
  '=': '= is',
  '!=': '!= is not',
  '=~': '=~ matches',
  '!~': '!~ does not match',
  '>': '> more than',
  '>=': '>= at least',
  '<': '< less than',
  '<=': '<= at most',
  exists: 'exists',
  absent: 'does not exist',
};
const OPERATORS: readonly Op[] = [...FILTER_OPERATORS, 'exists', 'absent'];

/** What a field can be compared by. */
function operatorsOf(field: string): readonly Op[] {
  switch (findIntrinsic(field)?.type) {
    case 'status':
    case 'kind':
      return ['=', '!='];
    case 'duration':
    case 'int':
      return ['>=', '>', '<=', '<', '=', '!='];
    case 'string':
      return ['=', '!=', '=~', '!~'];
    default:
      return OPERATORS;
  }
}

/** The type that spans have of an attribute; undefined where nothing or several are known. */
async function typeOf(names: TraceNames, field: string): Promise<ValueType | undefined> {
  const types = new Set((await names.fields()).filter((each) => attributeText(each) === field).map(({ type }) => type));
  return types.size === 1 ? [...types][0] : undefined;
}

function ValueField({
  draft: { field, value },
  source: { orgId, names, others },
  onChoose,
}: {
  readonly draft: FilterDraft;
  readonly source: FilterFormSource;
  readonly onChoose: (value: string) => void;
}): ReactNode {
  const type = findIntrinsic(field)?.type;
  const fixed = type === 'status' ? SPAN_STATUSES : type === 'kind' ? SPAN_KINDS : undefined;
  if (fixed !== undefined) {
    return (
      <Select
        aria-label="Value"
        className="col-span-2 h-7 px-1 text-xs"
        value={value}
        onChange={({ target }) => onChoose(target.value)}
      >
        {value === '' ? <option value="">choose…</option> : null}
        {fixed.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </Select>
    );
  }
  return (
    <ChoiceInput
      label="Value"
      placeholder={type === 'duration' ? '100ms, 1.5s' : 'value'}
      className="col-span-2"
      value={value}
      source={{
        key: ['traces', orgId, 'values', field, others],
        ask: async () =>
          type === 'duration'
            ? DURATIONS
            : field === ''
              ? []
              : (await names.values(field, others)).map((each) => String(each.value)),
      }}
      onChoose={onChoose}
    />
  );
}

/** Asks for a comparison of a field with a value. */
export function FilterForm({
  draft: given,
  type: givenType,
  isFieldFixed,
  source,
  submitLabel,
  onSubmit,
  children,
}: {
  readonly draft: FilterDraft;
  /** The type of the value that is there already. */
  readonly type?: ValueType | undefined;
  /** Only the comparison is asked for. */
  readonly isFieldFixed: boolean;
  readonly source: FilterFormSource;
  readonly submitLabel: string;
  readonly onSubmit: (filter: Filter) => void;
  /** What else can be done with it. */
  readonly children?: ReactNode;
}): ReactNode {
  const { orgId, names } = source;
  const [draft, setDraft] = useState(given);
  const [problem, setProblem] = useState<string>();
  // What is wrong stays until the next try: leaving a field must not move the button that is being pressed.
  const change = (changed: Partial<FilterDraft>): void => setDraft((before) => ({ ...before, ...changed }));
  const submit = async (): Promise<void> => {
    const known = draft.field === given.field ? givenType : undefined;
    const made = makeFilter(draft, known ?? (await typeOf(names, draft.field)));
    if (typeof made === 'string') {
      setProblem(made);
    } else {
      onSubmit(made);
    }
  };
  const operators = operatorsOf(draft.field);
  return (
    <form
      noValidate
      className="grid grid-cols-2 gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {isFieldFixed ? null : (
        <ChoiceInput
          label="Field"
          placeholder="span.http.route"
          className="col-span-2"
          value={draft.field}
          source={{
            key: ['traces', orgId, 'fields'],
            ask: async () => [
              ...(await names.fields()).map(attributeText),
              ...INTRINSICS.map(({ short, scoped }) => short ?? scoped ?? ''),
            ],
          }}
          onChoose={(field) => change({ field, value: '' })}
        />
      )}
      <Select
        aria-label="Comparison"
        className="col-span-2 h-7 px-1 text-xs"
        value={draft.op}
        onChange={({ target }) => change({ op: OPERATORS.find((op) => op === target.value) ?? '=' })}
      >
        {(operators.includes(draft.op) ? operators : [draft.op, ...operators]).map((op) => (
          <option key={op} value={op}>
            {OPERATOR_WORDS[op]}
          </option>
        ))}
      </Select>
      {draft.op === 'exists' || draft.op === 'absent' ? null : (
        <ValueField draft={draft} source={source} onChoose={(value) => change({ value })} />
      )}
      {problem === undefined ? null : (
        <p role="alert" className="col-span-2 text-danger text-xs">
          {problem}
        </p>
      )}
      <div className="col-span-2 flex justify-end gap-1.5">
        {children}
        <Button type="submit" size="sm" variant="primary">
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
