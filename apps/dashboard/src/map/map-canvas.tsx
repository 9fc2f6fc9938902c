import { select } from 'd3-selection';
import type { ZoomTransform } from 'd3-zoom';
import { zoom as createZoom, zoomIdentity } from 'd3-zoom';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { hideTip, showTip } from '../charts/tip.js';
import { useWidth } from '../charts/use-width.js';
import type { Catalogue } from '../documents.js';
import { theme } from '../theme.js';
import type { CellShapes, Shape } from './city-shapes.js';
import { pathOf } from './city-shapes.js';
import type { Classed } from './map-classes.js';
import type { Fit, MapPoint } from './mercator.js';
import { boxAround, fitBox, unproject } from './mercator.js';
import { drawTiles } from './tiles.js';

export interface MapCanvasProps {
  /** What is shown, in words: the accessible name. */
  readonly label: string;
  readonly shapes: readonly Shape[];
  readonly cells?: CellShapes | undefined;
  /** Classes of the cells by their place; or of the jurisdictions when there are no cells. */
  readonly classed?: Classed | undefined;
  /** Classes of jurisdictions by their name. */
  readonly classOfJurisdiction?: ReadonlyMap<string, number> | undefined;
  /** Rings that stand out. */
  readonly chosen: readonly (readonly MapPoint[])[];
  readonly tiles: Catalogue['tiles'];
  readonly height: number;
  readonly onZoom?: ((zoom: number) => void) | undefined;
  /** What a place is called; undefined where there is nothing to say. */
  readonly describe: (
    place: { readonly longitude: number; readonly latitude: number },
    jurisdiction: string | undefined,
  ) => string | undefined;
  readonly onPick?:
    | ((
        place: { readonly longitude: number; readonly latitude: number },
        jurisdiction: string | undefined,
      ) => void)
    | undefined;
  /** Is given the canvas, to make a picture of it. */
  readonly onCanvas?: ((canvas: HTMLCanvasElement | null) => void) | undefined;
}

const MARGIN = 14;
const DEEPEST_ZOOM = 60;
const LEAST_ZOOM = 0.5;
const STEP = 1.6;
const PAN = 60;

/**
 * A map of outlines and cells, drawn on a canvas. Drag to move; Ctrl or ⌘ and the wheel, two fingers, the buttons or + and
 * − zoom; arrow keys move, 0 shows all.
 */
export function MapCanvas(props: MapCanvasProps) {
  const { label, shapes, cells, classed, classOfJurisdiction, chosen, tiles, height } = props;
  const [place, width] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const transform = useRef<ZoomTransform>(zoomIdentity);
  const latest = useRef(props);
  latest.current = props;

  const fit = useMemo<Fit | undefined>(() => {
    const own = shapes.filter(({ kind }) => kind === 'city');
    const box = boxAround(
      (own.length > 0 ? own : shapes).flatMap(({ box: { left, top, right, bottom } }): MapPoint[] => [
        [left, top],
        [right, bottom],
      ]),
    );
    return box === undefined || width === 0 ? undefined : fitBox(box, width, height, MARGIN);
  }, [shapes, width, height]);

  const outlines = useMemo(() => {
    if (fit === undefined) return [];
    return shapes.map((shape) => ({ shape, path: screenPath(shape.rings, fit) }));
  }, [shapes, fit]);
  const classPaths = useMemo(() => {
    if (fit === undefined || cells === undefined || classed === undefined) return [];
    const members: (readonly MapPoint[])[][] = classed.classes.map(() => []);
    for (const [at, ring] of cells.rings.entries()) members[classed.classOf[at] ?? -1]?.push(ring);
    return members.map((rings) => screenPath(rings, fit));
  }, [cells, classed, fit]);
  const chosenPath = useMemo(() => (fit === undefined ? undefined : screenPath(chosen, fit)), [chosen, fit]);

  const draw = useRef<() => void>(() => undefined);
  draw.current = () => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || !context || fit === undefined) return;
    const density = Math.min(2, devicePixelRatio);
    element.width = Math.round(width * density);
    element.height = Math.round(height * density);
    const style = getComputedStyle(element);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const { k, x, y } = transform.current;
    const toScreen = (): void =>
      context.setTransform(density * k, 0, 0, density * k, density * x, density * y);
    context.setTransform(density, 0, 0, density, 0, 0);
    context.fillStyle = colour('--map-ground');
    context.fillRect(0, 0, width, height);
    if (tiles !== null)
      drawTiles(context, tiles.url, { fit, zoom: transform.current, width, height }, () => draw.current());
    toScreen();
    const land = outlines.filter(({ shape }) => shape.kind === 'city');
    if (tiles === null) {
      context.fillStyle = colour('--map-land');
      for (const { path } of land) context.fill(path);
    }
    context.globalAlpha = tiles === null ? 1 : 0.75;
    if (classOfJurisdiction !== undefined && classed !== undefined) {
      for (const { shape, path } of outlines) {
        const own = classed.classes[classOfJurisdiction.get(shape.name) ?? -1];
        if (shape.kind !== 'jurisdiction' || own === undefined) continue;
        context.fillStyle = colour(own.colour);
        context.fill(path);
      }
    }
    for (const [at, path] of classPaths.entries()) {
      context.fillStyle = colour(classed?.classes[at]?.colour ?? '--neutral');
      context.fill(path);
    }
    context.globalAlpha = 1;
    context.lineJoin = 'round';
    context.strokeStyle = colour('--map-line');
    for (const { shape, path } of outlines) {
      context.lineWidth = (shape.kind === 'city' ? 1.2 : 0.7) / k;
      context.stroke(path);
    }
    if (chosenPath !== undefined && chosen.length > 0) {
      context.lineWidth = 4 / k;
      context.strokeStyle = colour('--surface');
      context.stroke(chosenPath);
      context.lineWidth = 2.2 / k;
      context.strokeStyle = colour('--ink');
      context.stroke(chosenPath);
    }
  };
  const themeNow = theme.value;
  useEffect(
    () => draw.current(),
    [fit, outlines, classPaths, classOfJurisdiction, chosenPath, tiles, themeNow],
  );

  const behaviour = useRef<ReturnType<typeof createZoom<HTMLCanvasElement, unknown>> | undefined>(undefined);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    let told = 1;
    const own = createZoom<HTMLCanvasElement, unknown>()
      .scaleExtent([LEAST_ZOOM, DEEPEST_ZOOM])
      // The wheel scrolls the page; with Ctrl or ⌘ it zooms, as on other maps in pages.
      .filter((event: Event) =>
        event.type === 'wheel'
          ? (event as WheelEvent).ctrlKey || (event as WheelEvent).metaKey
          : event.type !== 'touchstart' ||
            (event as TouchEvent).touches.length > 1 ||
            transform.current.k > 1,
      )
      .on('zoom', ({ transform: next }: { transform: ZoomTransform }) => {
        transform.current = next;
        hideTip();
        draw.current();
      })
      .on('end', () => {
        if (transform.current.k === told) return;
        told = transform.current.k;
        latest.current.onZoom?.(told);
      });
    behaviour.current = own;
    select(element).call(own).on('dblclick.zoom', null);
    return () => {
      select(element).on('.zoom', null);
    };
  }, []);

  const act = (
    run: (
      own: NonNullable<typeof behaviour.current>,
      element: ReturnType<typeof select<HTMLCanvasElement, unknown>>,
    ) => void,
  ): void => {
    if (canvas.current !== null && behaviour.current !== undefined)
      run(behaviour.current, select(canvas.current));
  };
  const zoomBy = (factor: number): void => act((own, element) => own.scaleBy(element, factor));
  const pan = (x: number, y: number): void => {
    const { k } = transform.current;
    act((own, element) => own.translateBy(element, x / k, y / k));
  };
  const showAll = (): void => act((own, element) => own.transform(element, zoomIdentity));

  const at = (
    event: MouseEvent,
  ): { readonly point: MapPoint; readonly jurisdiction: string | undefined } | undefined => {
    if (fit === undefined) return undefined;
    const [sx, sy] = transform.current.invert([event.offsetX, event.offsetY]);
    const context = canvas.current?.getContext('2d');
    context?.setTransform(1, 0, 0, 1, 0, 0);
    const inside = outlines.find(
      ({ shape, path }) => shape.kind === 'jurisdiction' && context?.isPointInPath(path, sx, sy),
    );
    return { point: [(sx - fit.x) / fit.scale, (sy - fit.y) / fit.scale], jurisdiction: inside?.shape.name };
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => pan(PAN, 0),
    ArrowRight: () => pan(-PAN, 0),
    ArrowUp: () => pan(0, PAN),
    ArrowDown: () => pan(0, -PAN),
    '+': () => zoomBy(STEP),
    '=': () => zoomBy(STEP),
    '-': () => zoomBy(1 / STEP),
    '0': showAll,
  };

  return (
    <div class="map-frame" ref={place} style={{ height: `${height}px` }}>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: the map is moved by its own keys */}
      <canvas
        ref={(element) => {
          canvas.current = element;
          props.onCanvas?.(element);
        }}
        tabIndex={0}
        role="application"
        aria-label={`${label}. Arrow keys move, plus and minus zoom, 0 shows all. The cells are also in the list below.`}
        style={{ width: `${width}px`, height: `${height}px` }}
        onKeyDown={(event) => {
          const run = keys[event.key];
          if (run === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          run();
        }}
        onMouseMove={(event) => {
          const found = at(event);
          const text = found && props.describe(unproject(found.point), found.jurisdiction);
          if (text === undefined) hideTip();
          else showTip(text, event.clientX, event.clientY);
        }}
        onMouseLeave={hideTip}
        onClick={(event) => {
          const found = at(event);
          if (found !== undefined) props.onPick?.(unproject(found.point), found.jurisdiction);
        }}
      />
      <div class="map-buttons">
        <button type="button" aria-label="Zoom in" onClick={() => zoomBy(STEP)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoomBy(1 / STEP)}>
          −
        </button>
        <button type="button" aria-label="Show the whole city" onClick={showAll}>
          ⤢
        </button>
      </div>
      {tiles !== null && <p class="map-attribution">{tiles.attribution}</p>}
    </div>
  );
}

/** A path in pixels of the map that is not zoomed. */
function screenPath(rings: Iterable<readonly MapPoint[]>, fit: Fit): Path2D {
  return pathOf(rings, fit.scale, [-fit.x / fit.scale, -fit.y / fit.scale]);
}
