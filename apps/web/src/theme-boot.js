// Chooses the theme before the first paint. The same rule as src/lib/theme.ts (theme.test.ts holds the two together).
(() => {
  let stored = null;
  try {
    stored = localStorage.getItem('aegis.theme');
  } catch {
    // Storage can be forbidden; then the system's theme it is.
  }
  const isDark = stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
