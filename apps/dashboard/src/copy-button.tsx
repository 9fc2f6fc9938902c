import { useSignal } from '@preact/signals';

export interface CopyButtonProps {
  readonly text: () => string;
  readonly label: string;
  readonly class?: string;
}

const SHOWN_MS = 2_500;

/** Copies a text and says that it did. */
export function CopyButton({ text, label, class: className }: CopyButtonProps) {
  const said = useSignal<string | undefined>(undefined);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      said.value = 'Copied';
    } catch {
      said.value = 'Could not be copied';
    }
    setTimeout(() => {
      said.value = undefined;
    }, SHOWN_MS);
  };
  return (
    <button type="button" class={className ?? 'quiet'} onClick={() => void copy()}>
      <span aria-live="polite">{said.value ?? label}</span>
    </button>
  );
}
