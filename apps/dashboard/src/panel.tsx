import { useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren, RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { Disclosure } from './disclosure.js';
import { ExplainDialog } from './explain/explain-dialog.js';
import type { Explanation } from './explain/explanation.js';
import { chartImage, chartsIn, pngFile, svgFile } from './export/chart-image.js';
import { csvOf } from './export/csv.js';
import { DataTable } from './export/data-table.js';
import { download } from './export/download.js';
import type { PanelTable } from './export/panel-table.js';
import { filterSentence } from './filters/filter-words.js';
import type { Term } from './glossary.js';
import { GLOSSARY } from './glossary.js';
import { catalogue, countedFilters, counts, shownRange } from './store.js';

export interface PanelProps {
  /** Id of the section, for links and tests. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what is shown and what it is not. */
  readonly note?: ComponentChildren;
  /** Terms that the panel uses, explained in place. */
  readonly terms?: readonly Term[];
  /** How the numbers came about: adds the "Explain" dialog. */
  readonly explain?: Explanation;
  /** The numbers that are shown: adds "Table" and the CSV. Read from signals, it follows the filters. */
  readonly table?: () => PanelTable;
  /** A picture of what is drawn on a canvas. Charts in SVG need none: they are found in the panel. */
  readonly picture?: () => Promise<Blob>;
  /** Small controls of the view, at the right of the title. */
  readonly controls?: ComponentChildren;
  /** Across the whole page, or half of it where there is room; a tall one has two others beside it. */
  readonly size?: 'half' | 'full' | 'tall';
  /** Whether filters change what is shown: false for answers of the whole city. */
  readonly follows?: boolean;
  readonly children: ComponentChildren;
}

/** A view in its frame: title, what it tells, its terms, how it came about, its numbers as a table, and export. */
export function Panel(props: PanelProps) {
  const { id, title, note, terms, explain, table, controls, children, size = 'half', follows = true } = props;
  const body = useRef<HTMLDivElement>(null);
  const isTableShown = useSignal(false);
  const isExplained = useSignal(false);
  // A signal in the attribute: the panel is not drawn again because something is awaited.
  const isWaiting = useComputed(() => follows && counts.value.isLoading);
  return (
    <section class={`panel ${size}`} id={id} aria-labelledby={`${id}-title`} aria-busy={isWaiting}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {controls !== undefined && <div class="panel-controls">{controls}</div>}
        <div class="panel-tools">
          {terms !== undefined && terms.length > 0 && (
            <Disclosure label="Terms" spoken={`Terms used: ${title}`} align="end">
              {() => <Terms terms={terms} />}
            </Disclosure>
          )}
          {explain !== undefined && (
            <button
              type="button"
              class="quiet"
              aria-label={`Explain this number: ${title}`}
              onClick={() => {
                isExplained.value = true;
              }}
            >
              Explain
            </button>
          )}
          {table !== undefined && (
            <button
              type="button"
              class="quiet"
              aria-pressed={isTableShown.value}
              aria-label={`Show as table: ${title}`}
              onClick={() => {
                isTableShown.value = !isTableShown.value;
              }}
            >
              Table
            </button>
          )}
          <ExportMenu {...props} body={body} />
        </div>
      </header>
      {note !== undefined && <p class="note">{note}</p>}
      <div class="panel-body" ref={body}>
        {children}
      </div>
      {table !== undefined && isTableShown.value && <DataTable caption={title} table={table()} />}
      {explain !== undefined && isExplained.value && (
        <ExplainDialog
          title={title}
          explanation={explain}
          onClose={() => {
            isExplained.value = false;
          }}
        />
      )}
    </section>
  );
}

/** The meaning of terms, as a list. */
function Terms({ terms }: { readonly terms: readonly Term[] }) {
  return (
    <dl class="terms" tabIndex={0}>
      {terms.map((term) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{GLOSSARY[term]}</dd>
        </div>
      ))}
    </dl>
  );
}

type ExportMenuProps = PanelProps & { readonly body: RefObject<HTMLDivElement | null> };

function ExportMenu({ id, title, table, picture, body }: ExportMenuProps) {
  const hasChart = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  const sentence = (): string =>
    filterSentence(countedFilters.value, shownRange.value, catalogue.value?.cities ?? []);
  const image = (): SVGSVGElement => {
    const drawn =
      body.current === null
        ? undefined
        : chartImage(body.current, title, `${sentence()} Snapshot ${catalogue.value?.snapshot ?? ''}.`);
    if (drawn === undefined) throw new Error('There is no chart to export.');
    return drawn;
  };
  const offer = async (kind: string, make: () => Blob | Promise<Blob>): Promise<void> => {
    try {
      problem.value = undefined;
      const { from, to } = shownRange.value;
      download(`${id}-${from}-${to}.${kind}`, await make());
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  if (table === undefined && picture === undefined) return null;
  return (
    <Disclosure
      label="Export"
      spoken={`Export: ${title}`}
      align="end"
      onOpen={() => {
        hasChart.value = body.current !== null && chartsIn(body.current).length > 0;
      }}
    >
      {(close) => {
        const item = (label: string, kind: string, make: () => Blob | Promise<Blob>) => (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              close();
              void offer(kind, make);
            }}
          >
            {label}
          </button>
        );
        return (
          <div class="menu">
            {table !== undefined &&
              item(
                'Numbers (CSV)',
                'csv',
                () => new Blob([csvOf(table())], { type: 'text/csv;charset=utf-8' }),
              )}
            {hasChart.value && item('Chart (SVG)', 'svg', () => svgFile(image()))}
            {picture !== undefined
              ? item('Picture (PNG)', 'png', picture)
              : hasChart.value && item('Picture (PNG)', 'png', () => pngFile(image()))}
            {problem.value !== undefined && <p role="alert">{problem.value}</p>}
          </div>
        );
      }}
    </Disclosure>
  );
}
