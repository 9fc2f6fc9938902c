const LONGEST = 300;
/** Control characters, and marks that nobody sees or that turn the direction of what follows; line ends and tabs stay. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;

/** Text without half characters, and with a sign in place of each that nobody sees. */
export function withoutUnseen(text: string): string {
  return text.toWellFormed().replaceAll(UNSEEN, '\ufffd');
}

/** Text as a page may show it: all of it seen, and not without end. */
export function visibleText(text: string): string {
  return withoutUnseen(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
