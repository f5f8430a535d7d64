import { DashboardContent } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { changeWords } from './change-words.ts';

const panel = (id: string, title = ''): object => ({ id, type: 'stat', title, grid: { x: 0, y: 0, w: 4, h: 4 } });
const content = (more: object): DashboardContent => DashboardContent.parse({ title: 'x', ...more });

it('says what is different', () => {
  const before = content({ panels: [panel('1'), panel('2'), panel('3')], variables: [{ name: 'a', type: 'text' }] });
  const after = content({ title: 'y', panels: [panel('1', 'new'), panel('4'), panel('5')] });
  expect(changeWords(before, after)).toBe(
    '2 panels added, 2 panels removed, 1 panel changed, 1 variable removed, settings changed.',
  );
  expect(changeWords(before, before)).toBe('Nothing is different.');
});
