import type { Highs } from 'highs';
import highs from 'highs';

/**
 * HiGHS as WebAssembly. The package's declarations are read as those of its CommonJS build, where the loader is a
 * property; the module that Node loads is the loader itself.
 */
export function loadSolver(): Promise<Highs> {
  const load = highs as unknown as typeof highs.default;
  return load();
}
