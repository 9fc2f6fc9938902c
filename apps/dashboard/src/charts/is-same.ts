import type { ComponentType } from 'preact';
import { Component, h } from 'preact';

/** Whether two values of plain data are equal; functions only when they are the same one. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    for (let place = 0; place < a.length; place += 1) if (!isSame(a[place], b[place])) return false;
    return true;
  }
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(
    (name) => name in b && isSame((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
  );
}

/** A view that is drawn again only when what it shows has changed. */
export function unlessSame<Props extends object>(View: ComponentType<Props>): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return !isSame(this.props, next);
    }

    override render(props: Props) {
      return h(View, props as Props & Record<string, never>);
    }
  } as ComponentType<Props>;
}
