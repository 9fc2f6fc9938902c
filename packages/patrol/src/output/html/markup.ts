/** HTML that may be inserted as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Insert = Markup | string | number | false | undefined | readonly Insert[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function inserted(value: Insert): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(inserted).join('');
  const text = String(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  return text.replaceAll(' %', '\u00a0%');
}

/**
 * A template for HTML: everything inserted is escaped unless it is Markup, and a per cent sign stays with its number;
 * lists are joined.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Insert[]): Markup {
  return new Markup(strings.map((part, index) => part + inserted(values[index])).join(''));
}
