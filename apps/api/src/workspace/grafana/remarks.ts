import type { ImportRemark } from '@aegisguard/model';

/** Says that something is not as it was, and why or what was done instead. */
export type Note = (what: string, reason: string) => void;

const REMARKS_MAX = 1000;
const TEXT_CHARS_MAX = 300;

/** What could not be carried over, each thing of a panel once. */
export class Remarks {
  readonly #all: ImportRemark[] = [];
  readonly #seen = new Set<string>();

  /** For a panel by its title; null: for the dashboard. */
  of(panel: string | null): Note {
    return (what, reason) => {
      const remark = { panel, what: shortened(what), reason: shortened(reason) };
      const key = JSON.stringify(remark);
      if (!this.#seen.has(key)) {
        this.#seen.add(key);
        this.#all.push(remark);
      }
    };
  }

  get all(): readonly ImportRemark[] {
    const left = this.#all.length - REMARKS_MAX;
    return left <= 0
      ? this.#all
      : [
          ...this.#all.slice(0, REMARKS_MAX),
          { panel: null, what: `${left} further things`, reason: 'There are too many to name them all.' },
        ];
  }
}

function shortened(text: string): string {
  return text.length <= TEXT_CHARS_MAX ? text : `${text.slice(0, TEXT_CHARS_MAX).toWellFormed()}…`;
}
