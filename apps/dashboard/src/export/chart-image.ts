const NAMESPACE = 'http://www.w3.org/2000/svg';
const LEAST_WIDTH = 120;
const MARGIN = 16;
const TITLE_HEIGHT = 30;
const NOTE_HEIGHT = 20;
/** What charts are styled by; a file of its own has no style sheet, so it gets the computed values. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant-numeric',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
  'color',
  'display',
  'visibility',
] as const;

/** The charts of a panel that a file can hold, in the order of the page; icons are none. */
export function chartsIn(body: Element): readonly SVGSVGElement[] {
  return [...body.querySelectorAll('svg')].filter(
    (svg) =>
      svg.parentElement?.closest('svg, button, summary, [data-no-export]') === null &&
      svg.getBoundingClientRect().width >= LEAST_WIDTH,
  );
}

function withStyles(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, i) => {
    const own = copies[i];
    if (!(own instanceof SVGElement)) return;
    const computed = getComputedStyle(original);
    for (const name of STYLES) own.style.setProperty(name, computed.getPropertyValue(name));
    own.removeAttribute('class');
  });
  for (const unneeded of copy.querySelectorAll('style, script, foreignObject, [data-no-export]'))
    unneeded.remove();
  return copy;
}

function textLine(text: string, y: number, size: number, colour: string, weight: string): SVGTextElement {
  const line = document.createElementNS(NAMESPACE, 'text');
  line.setAttribute('x', String(MARGIN));
  line.setAttribute('y', String(y));
  line.setAttribute('fill', colour);
  line.style.font = `${weight} ${size}px system-ui, sans-serif`;
  line.textContent = text;
  return line;
}

/** All charts of a panel below each other in one image, with a title and a line on what is counted. */
export function chartImage(body: Element, title: string, note: string): SVGSVGElement | undefined {
  const charts = chartsIn(body);
  if (charts.length === 0) return undefined;
  const page = getComputedStyle(document.documentElement);
  const style = getComputedStyle(body.closest('.panel') ?? body);
  const image = document.createElementNS(NAMESPACE, 'svg');
  let y = MARGIN + TITLE_HEIGHT + NOTE_HEIGHT;
  let width = 0;
  for (const chart of charts) {
    const box = chart.getBoundingClientRect();
    const copy = withStyles(chart);
    if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${box.width} ${box.height}`);
    copy.setAttribute('x', String(MARGIN));
    copy.setAttribute('y', String(y));
    copy.setAttribute('width', String(box.width));
    copy.setAttribute('height', String(box.height));
    image.append(copy);
    y += box.height + MARGIN;
    width = Math.max(width, box.width + 2 * MARGIN);
  }
  image.setAttribute('xmlns', NAMESPACE);
  image.setAttribute('width', String(Math.ceil(width)));
  image.setAttribute('height', String(Math.ceil(y)));
  image.setAttribute('viewBox', `0 0 ${Math.ceil(width)} ${Math.ceil(y)}`);
  const ground = document.createElementNS(NAMESPACE, 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', style.backgroundColor || page.backgroundColor);
  image.prepend(
    ground,
    textLine(title, MARGIN + 16, 16, style.color, '600'),
    textLine(note, MARGIN + TITLE_HEIGHT + 8, 11, style.color, '400'),
  );
  return image;
}

export function svgFile(image: SVGSVGElement): Blob {
  return new Blob([new XMLSerializer().serializeToString(image)], { type: 'image/svg+xml' });
}

/** The image in pixels, twice as fine as on the page. */
export async function pngFile(image: SVGSVGElement): Promise<Blob> {
  const address = URL.createObjectURL(svgFile(image));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 2 * image.width.baseVal.value;
    canvas.height = 2 * image.height.baseVal.value;
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => {
      canvas.toBlob((blob) => {
        if (blob === null) fail(new Error('The chart could not be drawn as a picture.'));
        else done(blob);
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
