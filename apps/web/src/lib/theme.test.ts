import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { resolveTheme, THEME_KEY, THEMES } from './theme.ts';

const bootScript = readFileSync(new URL('../theme-boot.js', import.meta.url), 'utf8');

/** Runs src/theme-boot.js in a bare world and gives the theme that it put on the document. */
function themeAtBoot(stored: string | null, systemIsDark: boolean, storageWorks = true): string | undefined {
  const dataset: { theme?: string } = {};
  runInNewContext(bootScript, {
    document: { documentElement: { dataset } },
    matchMedia: () => ({ matches: systemIsDark }),
    localStorage: {
      getItem(key: string) {
        if (!storageWorks) {
          throw new Error('forbidden');
        }
        return key === THEME_KEY ? stored : null;
      },
    },
  });
  return dataset.theme;
}

describe('the script that runs before the first paint', () => {
  it.each(THEMES.flatMap((theme) => [true, false].map((systemIsDark) => [theme, systemIsDark] as const)))(
    'agrees with the application on %s with a system that is dark: %s',
    (theme, systemIsDark) => {
      const kept = theme === 'system' ? null : theme;
      expect(themeAtBoot(kept, systemIsDark)).toBe(resolveTheme(theme, systemIsDark));
    },
  );

  it('follows the system when storage is forbidden', () => {
    expect(themeAtBoot('light', true, false)).toBe('dark');
  });
});
