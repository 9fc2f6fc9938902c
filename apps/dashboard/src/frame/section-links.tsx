import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

export interface SectionLink {
  readonly id: string;
  readonly label: string;
}

/** Links to the sections; the one in the window is marked. */
export function SectionLinks({ sections }: { readonly sections: readonly SectionLink[] }) {
  const current = useSignal(sections[0]?.id);
  useEffect(() => {
    const seen = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) seen.add(target.id);
          else seen.delete(target.id);
        }
        current.value = sections.find(({ id }) => seen.has(id))?.id ?? current.value;
      },
      { rootMargin: '-25% 0px -55% 0px' },
    );
    for (const { id } of sections) {
      const section = document.getElementById(id);
      if (section !== null) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [sections, current]);
  return (
    <nav class="section-links" aria-label="Sections">
      <ul>
        {sections.map(({ id, label }) => (
          <li key={id}>
            <a href={`#${id}`} {...(current.value === id ? { 'aria-current': 'true' as const } : {})}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
