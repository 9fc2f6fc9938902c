import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface DisclosureProps {
  readonly label: ComponentChildren;
  /** What a screen reader says in place of the label. */
  readonly spoken?: string;
  readonly class?: string;
  /** The content, made while it is open. */
  readonly children: (close: () => void) => ComponentChildren;
  /** Side on which the content is flush with the button. */
  readonly align?: 'start' | 'end';
  readonly onOpen?: () => void;
}

const EDGE = 8;
const LEAST_HEIGHT = 240;

/** A button with content below it, which closes by Escape, by a click elsewhere and when the focus moves on. */
export function Disclosure(props: DisclosureProps) {
  const { label, spoken, class: className = '', children, align = 'start', onOpen } = props;
  const details = useRef<HTMLDetailsElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const summary = useRef<HTMLElement>(null);
  const isOpen = useSignal(false);
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
  useEffect(() => {
    // Keeps the content within the window, whatever side it is flush with.
    const own = content.current;
    if (!isOpen.value || own === null || getComputedStyle(own).position !== 'absolute') return;
    own.style.translate = '';
    const { left, right, top } = own.getBoundingClientRect();
    own.style.maxHeight = `${Math.max(LEAST_HEIGHT, innerHeight - top - EDGE)}px`;
    const over = right - document.documentElement.clientWidth + EDGE;
    if (left < EDGE) own.style.translate = `${EDGE - left}px`;
    else if (over > 0) own.style.translate = `${-Math.min(over, left - EDGE)}px`;
  });
  return (
    <details
      ref={details}
      class={`disclosure ${className}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || details.current?.open !== true) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
      onToggle={() => {
        isOpen.value = details.current?.open === true;
        if (isOpen.value) onOpen?.();
      }}
    >
      <summary ref={summary} {...(spoken === undefined ? {} : { 'aria-label': spoken })}>
        {label}
      </summary>
      <div class={`disclosed ${align}`} ref={content}>
        {isOpen.value && children(close)}
      </div>
    </details>
  );
}
