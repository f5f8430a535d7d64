import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** The text that a button copies. That it is copied the button says for a moment only, so the page looks for that from before. */
export async function copiedBy(button: Locator, press = (): Promise<void> => button.click()): Promise<string> {
  const page = button.page();
  await page.evaluate(() => navigator.clipboard.writeText(''));
  const isSaid = page.waitForFunction(() => document.querySelector('button[aria-label="Copied"]') !== null);
  await Promise.all([isSaid, press()]);
  const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(read).not.toBe('');
  return read();
}
