/** HTML that may be inserted as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Insert = Markup | string | number | false | null | undefined | readonly Insert[];
export type HtmlTemplate = (strings: TemplateStringsArray, ...values: readonly Insert[]) => Markup;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose inserted texts are prepared, and then escaped unless they are Markup; lists are joined. */
function htmlTemplate(prepare: (text: string) => string): HtmlTemplate {
  const inserted = (value: Insert): string => {
    if (value === null || value === undefined || value === false) return '';
    if (value instanceof Markup) return value.text;
    if (typeof value === 'object') return value.map(inserted).join('');
    return prepare(String(value)).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  };
  return (strings, ...values) =>
    new Markup(strings.map((part, index) => part + inserted(values[index])).join(''));
}

/** Keeps a number and its per cent sign on one line. */
export const unbroken = (text: string): string => text.replaceAll(' %', '\u00a0%');

/** A template for HTML: everything inserted is escaped unless it is Markup. */
export const html: HtmlTemplate = htmlTemplate((text) => text);

/** The same for prose of ours, in which a per cent sign stays with its number. Not for texts from data. */
export const proseHtml: HtmlTemplate = htmlTemplate(unbroken);
