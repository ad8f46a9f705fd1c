/**
 * The focus never falls to the page: where what holds it is removed or dies (a last page, a form that makes way for
 * its outcome, a fieldset while its widget comes to life), the nearest control that is left has it.
 */
const controls = ':is(a,button,input,select,textarea,summary,[tabindex="0"]):not(:disabled)';

/** What has the focus, and what it stands in, the nearest first: what is removed no longer tells. */
let around: HTMLElement[] = [];

const rescue = (): void => {
  if (document.activeElement !== document.body) return;
  for (const part of around)
    for (const near of [part, ...part.querySelectorAll<HTMLElement>(controls)])
      if (near.matches(controls) && near.checkVisibility()) return near.focus();
};
// Later: a browser takes the focus from what died when it draws.
const watch = new MutationObserver(() => setTimeout(rescue, 100));

/** Whoever presses beside all controls has left them. */
const leave = (): void => void (around = []);
const arrive = ({ target }: Event): void => {
  leave();
  for (let part = target as HTMLElement | null; part; part = part.parentElement) around.push(part);
};

addEventListener('pointerdown', leave, { passive: true });
addEventListener('focusin', arrive);

export const keepFocus = (island: HTMLElement): void =>
  watch.observe(island, { subtree: true, childList: true, attributeFilter: ['disabled'] });
