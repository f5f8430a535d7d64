import { useSyncExternalStore } from 'react';

/** What a person can choose; `system` follows the operating system. */
export const THEMES = ['system', 'light', 'dark'] as const;

/** A choice of theme. */
export type Theme = (typeof THEMES)[number];

/** The localStorage key, as bare text; src/theme-boot.js reads it before the first paint. */
export const THEME_KEY = 'aegis.theme';

const DARK = '(prefers-color-scheme: dark)';
const listeners = new Set<() => void>();

function stored(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(THEME_KEY)) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Which of the two sets of tokens a choice means. */
export function resolveTheme(theme: Theme, systemIsDark: boolean): 'light' | 'dark' {
  if (theme === 'system') {
    return systemIsDark ? 'dark' : 'light';
  }
  return theme;
}

function apply(): void {
  document.documentElement.dataset.theme = resolveTheme(stored(), matchMedia(DARK).matches);
  for (const listener of listeners) {
    listener();
  }
}

/** Keeps the page's theme in step with the system and with other tabs. */
export function followTheme(): void {
  apply();
  matchMedia(DARK).addEventListener('change', apply);
  addEventListener('storage', (event) => {
    if (event.key === THEME_KEY) {
      apply();
    }
  });
}

/** Chooses and remembers a theme. */
export function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') {
      localStorage.removeItem(THEME_KEY);
    } else {
      localStorage.setItem(THEME_KEY, theme);
    }
  } catch {
    // Without storage the choice cannot outlive the page; nothing else is lost.
  }
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The remembered choice. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, stored);
}
