import type { LabelMatcher } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { ChoiceInput } from '../../../../ui/choice-input.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { canCompare, type NewPart } from '../edit-parts.ts';
import type { LogNames } from '../log-names.ts';
import { LABEL_OPERATORS, LINE_OPERATORS, type LineOperator } from '../query-parts.ts';

/** Where labels and values are known from. */
export interface PartFormSource {
  readonly orgId: string;
  readonly names: LogNames;
  /** The query's other matchers: values are suggested among what they select. */
  readonly matchers: readonly LabelMatcher[];
  /** Labels that the query's pipeline made can only be compared behind it. */
  readonly parsed: ReadonlySet<string>;
}

const OPERATOR_WORDS: Readonly<Record<string, string>> = {
  '=': 'is',
  '!=': 'is not',
  '=~': 'matches',
  '!~': 'does not match',
  '>': 'more than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
};
const LINE_WORDS: Readonly<Record<LineOperator, string>> = {
  '|=': 'contains',
  '!=': 'does not contain',
  '|~': 'matches',
  '!~': 'does not match',
  '|>': 'follows the pattern',
  '!>': 'does not follow',
};
const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;

interface Draft {
  readonly isLine: boolean;
  readonly name: string;
  readonly op: string;
  readonly value: string;
}

function draftOf(part: NewPart): Draft {
  return { isLine: part.kind === 'line', name: part.kind === 'line' ? '' : part.name, op: part.op, value: part.value };
}

/** What a draft means, or what is wrong with it. */
function partFrom({ isLine, name, op, value }: Draft, isBehind: boolean): NewPart | string {
  if (isLine) {
    const lineOp = LINE_OPERATORS.find((each) => each === op);
    return lineOp === undefined || value === ''
      ? 'Write what the line is compared with.'
      : { kind: 'line', op: lineOp, value };
  }
  if (!LABEL.test(name)) {
    return 'A label has letters, digits and underscores, and does not begin with a digit.';
  }
  if (!canCompare(op, value)) {
    return 'Write a number, a duration such as 1.5s, or a size such as 20KB.';
  }
  const isMatcher = op === '=' || op === '!=' || op === '=~' || op === '!~';
  if (isMatcher && !isBehind) {
    return { kind: 'matcher', name, op, value };
  }
  const labelOp = LABEL_OPERATORS.find((each) => each === op) ?? '=';
  return { kind: 'label', name, op: labelOp, value, isNumber: !isMatcher };
}

function LabelFields({
  draft,
  source,
  onChange,
}: {
  readonly draft: Draft;
  readonly source: PartFormSource;
  readonly onChange: (change: Partial<Draft>) => void;
}): ReactNode {
  const { orgId, names, matchers, parsed } = source;
  const { name, op, value } = draft;
  const others = matchers.filter((matcher) => matcher.name !== name);
  return (
    <>
      <ChoiceInput
        label="Label"
        placeholder="label"
        value={name}
        source={{
          key: ['logs', orgId, 'labels'],
          ask: async () => [...new Set([...parsed, ...(await names.labels())])],
        }}
        onChoose={(chosen) => onChange({ name: chosen })}
      />
      <Select
        aria-label="Comparison"
        className="h-7 px-1 text-xs"
        value={op}
        onChange={({ target }) => onChange({ op: target.value })}
      >
        {LABEL_OPERATORS.map((each) => (
          <option key={each} value={each}>
            {each} {OPERATOR_WORDS[each]}
          </option>
        ))}
      </Select>
      <ChoiceInput
        label="Value"
        placeholder="value"
        className="col-span-2"
        value={value}
        source={{
          key: ['logs', orgId, 'values', name, JSON.stringify(others)],
          ask: () => (LABEL.test(name) ? names.values(name, others) : Promise.resolve([])),
        }}
        onChoose={(chosen) => onChange({ value: chosen })}
      />
    </>
  );
}

function LineFields({
  draft,
  onChange,
}: {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}): ReactNode {
  return (
    <>
      <Select
        aria-label="Comparison"
        className="col-span-2 h-7 px-1 text-xs"
        value={draft.op}
        onChange={({ target }) => onChange({ op: target.value })}
      >
        {LINE_OPERATORS.map((each) => (
          <option key={each} value={each}>
            {each} {LINE_WORDS[each]}
          </option>
        ))}
      </Select>
      <Input
        aria-label="Text"
        placeholder="text"
        autoComplete="off"
        spellCheck={false}
        className="col-span-2 h-7 px-2 font-mono text-xs"
        value={draft.value}
        onChange={({ target }) => onChange({ value: target.value })}
      />
    </>
  );
}

/** Asks for a filter: of a label, or of the line. */
export function PartForm({
  part,
  source,
  submitLabel,
  onSubmit,
  children,
}: {
  readonly part: NewPart;
  readonly source: PartFormSource;
  readonly submitLabel: string;
  readonly onSubmit: (part: NewPart) => void;
  /** What else can be done with it. */
  readonly children?: ReactNode;
}): ReactNode {
  const [draft, setDraft] = useState(() => draftOf(part));
  const [problem, setProblem] = useState<string>();
  // What is wrong stays until the next try: leaving a field must not move the button that is being pressed.
  const change = (changed: Partial<Draft>): void => setDraft((before) => ({ ...before, ...changed }));
  const isBehind = part.kind === 'label' || source.parsed.has(draft.name);
  return (
    <form
      noValidate
      className="grid grid-cols-2 gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const made = partFrom(draft, isBehind);
        if (typeof made === 'string') {
          setProblem(made);
        } else {
          onSubmit(made);
        }
      }}
    >
      <fieldset className="col-span-2 flex gap-1">
        <legend className="sr-only">What is compared</legend>
        {[false, true].map((isLine) => (
          <Button
            key={String(isLine)}
            size="sm"
            variant="ghost"
            className="h-6"
            aria-pressed={draft.isLine === isLine}
            onClick={() => change({ isLine, op: isLine ? '|=' : '=' })}
          >
            {isLine ? 'Line' : 'Label'}
          </Button>
        ))}
      </fieldset>
      {draft.isLine ? (
        <LineFields draft={draft} onChange={change} />
      ) : (
        <LabelFields draft={draft} source={source} onChange={change} />
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
