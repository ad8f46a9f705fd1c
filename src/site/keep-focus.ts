/**
 * The focus is never lost: where the focused control is removed or disabled (a last page, a form that its outcome
 * replaces, a fieldset while its widget hydrates), the nearest control that is left gets it.
 */
const controls = ':is(a,button,input,select,textarea,summary,[tabindex="0"]):not(:disabled)';

/** The focused element and its ancestors, nearest first: once removed, an element no longer has them. */
let around: HTMLElement[] = [];

const rescue = (): void => {
  if (document.activeElement !== document.body) return;
  for (const part of around)
    for (const near of [part, ...part.querySelectorAll<HTMLElement>(controls)])
      if (near.matches(controls) && near.checkVisibility()) return near.focus();
};
// Later, because a browser takes the focus from a disabled control only when it paints.
const watch = new MutationObserver(() => setTimeout(rescue, 100));

/** A reader who presses outside every control wants to leave them. */
const leave = (): void => void (around = []);
const arrive = ({ target }: Event): void => {
  leave();
  for (let part = target as HTMLElement | null; part; part = part.parentElement) around.push(part);
};

addEventListener('pointerdown', leave, { passive: true });
addEventListener('focusin', arrive);

export const keepFocus = (island: HTMLElement): void =>
  watch.observe(island, { subtree: true, childList: true, attributeFilter: ['disabled'] });
