/** A page used once, in whichever browser, to hold one browser to another (commands/webkit.ts, firefox.spec.ts). */

/**
 * Runs in a page, and so needs nothing around it: comes to each widget as its reader would, makes one choice in it,
 * and says what then stands on the page. Spaces are left out: layouts set them differently.
 */
export const use = async () => {
  const wrong: string[] = [];
  addEventListener('error', ({ message }) => wrong.push(message));
  addEventListener('unhandledrejection', ({ reason }) => wrong.push(String(reason)));
  const pause = (milliseconds: number) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));
  const textNow = () => (document.querySelector('main')?.textContent ?? '').replace(/\s+/g, '');
  /** Until the page has said the same for half a second. */
  const settle = async () => {
    for (let tries = 0, last = '', still = 0; tries < 150 && still < 5; tries += 1) {
      await pause(100);
      const text = textNow();
      still = text === last ? still + 1 : 0;
      last = text;
    }
  };
  document.dispatchEvent(
    new PointerEvent('pointermove', { clientX: 9, clientY: 9, bubbles: true }),
  );
  const widgets = [...document.querySelectorAll<HTMLElement>('main [data-ready]')];
  for (const widget of widgets) {
    widget.scrollIntoView();
    const isAlive = () => widget.dataset['ready'] === 'true';
    for (let tries = 0; tries < 300 && widget.isConnected && !isAlive(); tries += 1)
      await pause(50);
    if (!widget.isConnected) continue;
    if (!isAlive()) wrong.push(`not alive: ${widget.className}`);
    widget
      .querySelector<HTMLElement>(
        'input[type="radio"]:not(:checked), [aria-pressed="false"], .go button[type="button"]',
      )
      ?.click();
    await settle();
  }
  return {
    wrong,
    widgets: widgets.length,
    text: textNow(),
    verdicts: [...document.querySelectorAll<HTMLElement>('main [data-verdict]')].map(
      (each) => each.dataset['verdict'],
    ),
  };
};
export type Used = Awaited<ReturnType<typeof use>>;

/** What is wrong with a page in one browser, held to another; empty where both show the same. */
export const differences = (one: Used, other: Used): readonly string[] => [
  ...one.wrong,
  ...(one.text === other.text ? [] : ['other words']),
  ...(one.verdicts.join() === other.verdicts.join() ? [] : ['other verdicts']),
];
