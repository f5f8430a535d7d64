import { type Extension, RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { ColorTokens, TokenColor } from './colored-token.ts';

const VARIABLES: Readonly<Record<TokenColor, string>> = {
  comment: '--text-subtle',
  label: '--syntax-label',
  keyword: '--syntax-keyword',
  string: '--syntax-string',
  number: '--syntax-number',
  operator: '--syntax-operator',
};

const MARKS = new Map(
  Object.keys(VARIABLES).map((color) => [color, Decoration.mark({ class: `token-${color}` })] as const),
);

const LOOK = EditorView.theme(
  Object.fromEntries(
    Object.entries(VARIABLES).map(([color, variable]) => [`.token-${color}`, { color: `var(${variable})` }]),
  ),
);

function colored(view: EditorView, tokensOf: ColorTokens): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { color, text, start } of tokensOf(view.state.doc.toString())) {
    const mark = color === undefined ? undefined : MARKS.get(color);
    if (mark !== undefined) {
      builder.add(start, start + text.length, mark);
    }
  }
  return builder.finish();
}

/** A language in colours. A query is short, so it is coloured anew with every key. */
export function tokenColors(tokensOf: ColorTokens): Extension {
  const colors = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = colored(view, tokensOf);
      }

      update(update: ViewUpdate): void {
        if (update.docChanged) {
          this.decorations = colored(update.view, tokensOf);
        }
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
  return [colors, LOOK];
}
