const LONGEST = 300;
/** Control characters, and marks that nobody sees or that turn the direction of what follows; line ends and tabs stay. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;

/** Text as a page may show it: without what nobody sees, without half characters, and not without end. */
export function visibleText(text: string): string {
  const whole = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return whole.toWellFormed().replaceAll(UNSEEN, '\ufffd');
}
