/** One box of words for the whole page. What it says is also the accessible name of what it is about. */
let box: HTMLDivElement | undefined;

const GAP = 10;

/** Shows words beside a point of the window. */
export function showTip(text: string, x: number, y: number): void {
  if (box === undefined) {
    box = document.createElement('div');
    box.className = 'tip';
    box.setAttribute('aria-hidden', 'true');
    document.body.append(box);
    addEventListener('keydown', ({ key }) => key === 'Escape' && hideTip());
    addEventListener('scroll', hideTip, { passive: true, capture: true });
  }
  if (box.textContent !== text) box.textContent = text;
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(4, Math.min(x + GAP, innerWidth - width - 4));
  const top = y - height - GAP < 4 ? y + GAP : y - height - GAP;
  box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

export function hideTip(): void {
  if (box !== undefined) box.hidden = true;
}

/** Shows words at the middle of an element, for those who come by keyboard. */
export function showTipAt(text: string, element: Element): void {
  const { left, top, width } = element.getBoundingClientRect();
  showTip(text, left + width / 2, top);
}
