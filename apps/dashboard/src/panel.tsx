import type { ComponentChildren } from 'preact';

export interface PanelProps {
  /** Id of the section, for links and tests. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what is shown and what it is not. */
  readonly note?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A view in its frame: title, what it tells, and (in the frame's menu) export and explanation. */
export function Panel({ id, title, note, children }: PanelProps) {
  return (
    <section class="panel" id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
      </header>
      {note !== undefined && <p class="note">{note}</p>}
      <div class="panel-body">{children}</div>
    </section>
  );
}
