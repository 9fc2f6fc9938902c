import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface DisclosureProps {
  readonly label: ComponentChildren;
  /** What a screen reader says in place of the label. */
  readonly spoken?: string;
  readonly class?: string;
  readonly children: (close: () => void) => ComponentChildren;
  /** Side on which the content is flush with the button. */
  readonly align?: 'start' | 'end';
  readonly onOpen?: () => void;
  readonly isOpen?: boolean;
  readonly onToggle?: (isOpen: boolean) => void;
}

/** A button with content below it, which closes by Escape, by a click elsewhere and when the focus moves on. */
export function Disclosure(props: DisclosureProps) {
  const { label, spoken, class: className, children, align = 'start', onToggle } = props;
  const details = useRef<HTMLDetailsElement>(null);
  const summary = useRef<HTMLElement>(null);
  const close = (): void => {
    if (details.current?.open !== true) return;
    details.current.open = false;
    summary.current?.focus();
  };
  useEffect(() => {
    const closeOutside = (event: Event): void => {
      const own = details.current;
      if (own?.open && event.target instanceof Node && !own.contains(event.target)) own.open = false;
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, []);
  return (
    <details
      ref={details}
      class={`disclosure ${className ?? ''}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || details.current?.open !== true) return;
        event.preventDefault();
        close();
      }}
      onToggle={() => {
        onToggle?.(details.current?.open === true);
      }}
    >
      <summary ref={summary} {...(spoken === undefined ? {} : { 'aria-label': spoken })}>
        {label}
      </summary>
      <div class={`disclosed ${align}`}>{children(close)}</div>
    </details>
  );
}
