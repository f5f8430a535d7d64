import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { type TokenKind, tokenizeLogQl } from './logql-tokens.ts';

const VARIABLES: Readonly<Partial<Record<TokenKind, string>>> = {
  comment: '--text-subtle',
  label: '--syntax-label',
  keyword: '--syntax-keyword',
  string: '--syntax-string',
  number: '--syntax-number',
  operator: '--syntax-operator',
  open: '--syntax-operator',
  close: '--syntax-operator',
  punctuation: '--syntax-operator',
};

const MARKS = new Map(
  Object.keys(VARIABLES).map((kind) => [kind, Decoration.mark({ class: `logql-${kind}` })] as const),
);

const LOOK = EditorView.theme(
  Object.fromEntries(
    Object.entries(VARIABLES).map(([kind, variable]) => [`.logql-${kind}`, { color: `var(${variable})` }]),
  ),
);

function colored(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { kind, text, start } of tokenizeLogQl(view.state.doc.toString())) {
    const mark = MARKS.get(kind);
    if (mark !== undefined) {
      builder.add(start, start + text.length, mark);
    }
  }
  return builder.finish();
}

const COLORS = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = colored(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged) {
        this.decorations = colored(update.view);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** LogQL in colours. A query is short, so it is coloured anew with every key. */
export const LOGQL_COLORS = [COLORS, LOOK];
