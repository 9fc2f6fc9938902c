import { defineConfig } from 'vite';

export default defineConfig({
  // The page may lie in any folder of a site.
  base: './',
  build: { outDir: 'dist/page', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1500 },
  worker: { format: 'es' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
