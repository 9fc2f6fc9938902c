import { useEffect, useRef } from 'preact/hooks';
import { CopyButton } from '../copy-button.js';
import { filterSentence } from '../filters/filter-words.js';
import { catalogue, countedFilters, shownRange } from '../store.js';
import type { Explanation } from './explanation.js';
import { GENERAL_CAVEATS, queryCommand } from './explanation.js';

export interface ExplainDialogProps {
  readonly title: string;
  readonly explanation: Explanation;
  readonly onClose: () => void;
}

/** Says how the numbers of a panel came about, and how to ask for them again. */
export function ExplainDialog({ title, explanation, onClose }: ExplainDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const snapshot = catalogue.value?.snapshot ?? '';
  const sql = explanation.sql?.();
  const headingId = 'explain-title';
  return (
    <dialog ref={dialog} class="explain" aria-labelledby={headingId} onClose={onClose}>
      <header>
        <h2 id={headingId}>{`Explain: ${title}`}</h2>
        <button type="button" class="quiet" aria-label="Close" onClick={() => dialog.current?.close()}>
          ✕
        </button>
      </header>
      <h3>What is counted</h3>
      <p>{filterSentence(countedFilters.value, shownRange.value, catalogue.value?.cities ?? [])}</p>
      {explanation.method !== undefined && (
        <>
          <h3>How it is computed</h3>
          <p>{explanation.method}</p>
        </>
      )}
      {sql !== undefined && (
        <>
          <h3>The query</h3>
          <Code text={sql} />
          <CopyButton text={() => sql} label="Copy the query" />
          <h3>Ask it yourself</h3>
          <Code text={queryCommand(sql, snapshot)} />
          <CopyButton text={() => queryCommand(sql, snapshot)} label="Copy the command" />
        </>
      )}
      <h3>Keep in mind</h3>
      <ul>
        {[...(explanation.caveats ?? []), ...GENERAL_CAVEATS].map((caveat) => (
          <li key={caveat}>{caveat}</li>
        ))}
      </ul>
      <p class="soft">
        Snapshot <code>{snapshot}</code>
      </p>
    </dialog>
  );
}

function Code({ text }: { readonly text: string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  return <pre tabIndex={0}>{text}</pre>;
}
