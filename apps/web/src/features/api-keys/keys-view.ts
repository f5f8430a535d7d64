import { API_KEY_KINDS, type ApiKeyKind } from '@aegisguard/model';
import { KEY_STATES, type KeyState } from './key-words.ts';

/** Which keys the page shows; in its address. */
export interface KeysView {
  readonly kind: ApiKeyKind | undefined;
  /** Keys that work are what one looks for most. */
  readonly state: KeyState | 'all';
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parseKeysView(parameters: URLSearchParams): KeysView {
  const kind = parameters.get('kind');
  const state = parameters.get('state');
  return {
    kind: API_KEY_KINDS.find((each) => each === kind),
    state: state === 'all' ? 'all' : (KEY_STATES.find((each) => each === state) ?? 'active'),
  };
}

/** Writes a view as parameters of the address; what is as in the default view is left out. */
export function printKeysView({ kind, state }: KeysView): URLSearchParams {
  return new URLSearchParams([
    ...(kind === undefined ? [] : [['kind', kind]]),
    ...(state === 'active' ? [] : [['state', state]]),
  ]);
}
