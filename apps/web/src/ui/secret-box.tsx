import { Check, Copy, Download } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { downloadText } from '../lib/download-text.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { useCopied } from './use-copied.ts';

/** One secret, or what goes with it. */
export interface SecretPart {
  readonly label: string;
  /** Lines are kept. */
  readonly value: string;
}

/** The parts as the text of a file: a line each, `label: value`; a single one as it is. */
export function secretText(parts: readonly SecretPart[]): string {
  const [first, ...rest] = parts;
  if (first !== undefined && rest.length === 0) {
    return `${first.value}\n`;
  }
  return parts.map(({ label, value }) => `${label}:${value.includes('\n') ? '\n' : ' '}${value}\n`).join('');
}

function Part({ part: { label, value } }: { readonly part: SecretPart }): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-md border border-line-strong bg-canvas">
      <div className="flex items-center justify-between border-line border-b py-0.5 pr-1 pl-3">
        <h3 id={id} className="font-medium text-muted text-xs">
          {label}
        </h3>
        <CopyButton label={`Copy: ${label}`} text={() => value} />
      </div>
      <pre className="whitespace-pre-wrap break-all px-3 py-2 font-mono text-sm">{value}</pre>
    </section>
  );
}

/** Secrets to copy or to save as a file. */
export function SecretBox({
  parts,
  fileName,
}: {
  readonly parts: readonly SecretPart[];
  readonly fileName: string;
}): ReactNode {
  const { copied, copy } = useCopied();
  return (
    <div className="flex flex-col gap-3">
      {parts.map((part) => (
        <Part key={part.label} part={part} />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => copy(secretText(parts))}>
          {copied ? <Check aria-hidden className="text-accent" /> : <Copy aria-hidden />}
          {copied ? 'Copied' : parts.length > 1 ? 'Copy all' : 'Copy'}
        </Button>
        <Button onClick={() => downloadText(fileName, secretText(parts))}>
          <Download aria-hidden />
          Download
        </Button>
      </div>
    </div>
  );
}
