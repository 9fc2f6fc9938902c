/** Folds a published column name to the raw column's name: `Part 1-2` and `part_1_2` are both `part_1_2`. */
export function foldHeader(name: string): string {
  return name
    .replace(/^\uFEFF/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}
