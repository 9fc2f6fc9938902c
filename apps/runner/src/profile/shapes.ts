const MAX_SHAPE = 60;

/**
 * The pattern of a text's characters: digits as 9, letters as A or a, all else as it stands. Runs of four or more
 * letters are written A+ or a+, runs of more than 20 digits 9+, so that words of any length share a shape.
 */
export function shapeOf(text: string): string {
  const shape = text
    .replace(/\p{Nd}/gu, '9')
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{L}/gu, (letter) => (letter === 'A' ? 'A' : 'a'))
    .replace(/A{4,}/g, 'A+')
    .replace(/a{4,}/g, 'a+')
    .replace(/9{21,}/g, '9+');
  return shape.length > MAX_SHAPE ? `${shape.slice(0, MAX_SHAPE)}…` : shape;
}
