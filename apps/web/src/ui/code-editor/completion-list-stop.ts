import { completionStatus } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView, runScopeHandlers } from '@codemirror/view';

/** Keys that go on to the next stop or the one before. */
const TAB_KEYS: ReadonlySet<string> = new Set(['Tab', 'Shift']);

/** The list of completions where it scrolls. */
function longList(view: EditorView): HTMLElement | undefined {
  const list = view.dom.querySelector<HTMLElement>('.cm-tooltip-autocomplete > [role="listbox"]');
  return list !== null && list.scrollHeight > list.clientHeight ? list : undefined;
}

function makeStop(list: HTMLElement | undefined, view: EditorView): void {
  if (list === undefined || list.tabIndex === 0) {
    return;
  }
  list.tabIndex = 0;
  list.addEventListener('keydown', (event) => {
    if (!TAB_KEYS.has(event.key)) {
      // Before the key is heard: it may close the list, which must not take the focus with it.
      view.focus();
      if (runScopeHandlers(view, event, 'editor')) {
        event.preventDefault();
      }
    }
  });
}

/** Whatever scrolls can be reached without a mouse: a long list of completions is a stop of the Tab key, from which every other key leads back to the editor. */
export const COMPLETION_LIST_STOP: Extension = EditorView.updateListener.of(({ view, state }) => {
  if (completionStatus(state) === 'active') {
    view.requestMeasure({ key: COMPLETION_LIST_STOP, read: longList, write: makeStop });
  }
});
