import { describe, expect, it } from 'vitest';
import { html } from './html.js';

describe('html', () => {
  it('escapes whatever is inserted, in text and in attributes', () => {
    expect(html`<a title="${`"><script>'&`}">${'<b>'}</a>`.text).toBe(
      '<a title="&quot;&gt;&lt;script&gt;&#39;&amp;">&lt;b&gt;</a>',
    );
  });

  it('keeps markup, joins lists and leaves out what is not there', () => {
    expect(html`${[html`<i>1</i>`, 2, null, false, undefined, ['<']]}`.text).toBe('<i>1</i>2&lt;');
  });
});
