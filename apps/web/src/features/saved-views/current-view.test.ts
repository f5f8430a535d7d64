import type { SavedView } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { currentView } from './current-view.ts';

const view = (id: string, state: string): SavedView => ({
  id,
  page: 'logs',
  name: id,
  state,
  shared: false,
  own: true,
  ownerName: null,
  createdAt: '2026-11-26T10:00:00.000Z',
  updatedAt: '2026-11-26T10:00:00.000Z',
});
const VIEWS = [view('errors', 'q=error'), view('same', 'q=error'), view('slow', 'q=slow')];

it('is the one that was opened, also when another is just so', () => {
  expect(currentView(VIEWS, 'q=error', 'same')).toEqual({ view: VIEWS[1], isChanged: false });
});

it('is found by what the page shows when a link led there', () => {
  expect(currentView(VIEWS, 'q=slow', undefined)).toEqual({ view: VIEWS[2], isChanged: false });
  expect(currentView(VIEWS, 'q=slow', 'errors')).toEqual({ view: VIEWS[2], isChanged: false });
  expect(currentView(VIEWS, 'q=other', undefined)).toBeUndefined();
});

it('stays the one that was opened while it is changed, until one starts anew', () => {
  expect(currentView(VIEWS, 'q=error&dir=forward', 'errors')).toEqual({ view: VIEWS[0], isChanged: true });
  expect(currentView(VIEWS, '', 'errors')).toBeUndefined();
  expect(currentView(VIEWS, 'q=error&wrap=1', 'gone')).toBeUndefined();
});
